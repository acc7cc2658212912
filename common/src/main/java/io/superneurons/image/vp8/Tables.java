package io.superneurons.image.vp8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The constants of RFC 6386 that are too many for source code, from {@code vp8-tables.txt}. */
final class Tables {
  /** Probabilities of a coefficient token in one context. */
  static final int TOKEN_PROBABILITIES = 11;

  private static final Map<String, int[]> TABLES = load();

  /** Section 13.4: [4, 8, 3, 11]. */
  static final int[] COEFFICIENT_UPDATES = TABLES.get("coefficient-update-probabilities");

  /** Section 13.5: [4, 8, 3, 11]. */
  static final int[] COEFFICIENT_DEFAULTS = TABLES.get("coefficient-default-probabilities");

  /** Section 11.5: [10, 10, 9], by the modes above and to the left. */
  static final int[] SUBBLOCK_MODES = TABLES.get("subblock-mode-probabilities");

  /** Section 14.1: [128]. */
  static final int[] DC_QUANTIZER = TABLES.get("dc-quantizer");

  /** Section 14.1: [128]. */
  static final int[] AC_QUANTIZER = TABLES.get("ac-quantizer");

  private Tables() {}

  private static Map<String, int[]> load() {
    try (InputStream in = Tables.class.getResourceAsStream("vp8-tables.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      Map<String, StringBuilder> texts = new HashMap<>();
      StringBuilder current = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("@")) {
          current = new StringBuilder();
          texts.put(line.substring(1, line.indexOf(' ')), current);
        } else if (!line.startsWith("#")) {
          current.append(line).append(' ');
        }
      }
      Map<String, int[]> tables = new HashMap<>();
      texts.forEach((name, text) -> tables.put(name, numbers(text.toString())));
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.trim().split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
