package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A process of its own, since nothing runs in one that ends. */
class TorchEndTest {
  /** A pass that the end of its process meets in the middle. */
  public static final class Pass {
    private Pass() {}

    public static void main(String[] args) {
      Script script = Script.compile(TorchEndTest.class, "arithmetic.py");
      System.out.println(script.longs("count", new int[] {4, 5}).length + " numbers");
      Torch.end();
      script.longs("count", new int[] {4, 5});
    }
  }

  @Test
  void noScriptIsCalledInAProcessThatEnds() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Pass.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), said);
    assertTrue(said.contains("2 numbers"), said);
    assertTrue(said.contains("java.lang.IllegalStateException: The process ends"), said);
  }
}
