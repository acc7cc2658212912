package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class SafeTextTest {
  private static final String FORGED =
      "evil\n23:59:59 ERROR JobMain: forged\r\u001b[31m\u009b\u202e";
  private static final String SAFE =
      "evil\\n23:59:59 ERROR JobMain: forged\\r\\u001b[31m\\u009b\\u202e";

  @Test
  void whatSteersATerminalIsShown() {
    assertEquals(SAFE, SafeText.of(FORGED));
    assertEquals("a\\u2028b\\u2029\\u2066\\t\\u0000", SafeText.of("a\u2028b\u2029\u2066\t\u0000"));
    assertEquals("\\ud800x\\udc00", SafeText.of("\ud800x\udc00"));
  }

  @Test
  void allElseStays() {
    String plain = "café 日本 👍🏽 दिन 100% \\ \u200d";
    assertEquals(plain, SafeText.of(plain));
    assertEquals("null", SafeText.of(null));
  }

  @Test
  void argumentsStayOnTheirLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SafePrinter out = new SafePrinter(bytes);
    out.printf("task %s: %,d rows%n", FORGED, 3);
    out.println("one\ntwo\u001b[0m");
    out.print('\u0007');
    out.flush();
    assertEquals(
        "task " + SAFE + ": 3 rows\none\ntwo\\u001b[0m\n\\u0007",
        bytes.toString(Charset.defaultCharset()));
  }
}
