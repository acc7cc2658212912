package io.superneurons.jobs.pass;

import java.io.Serializable;

/**
 * What rows took within the model, each as if it had its image to itself.
 *
 * @param rows that were run; one that was run again counts again
 * @param tower tokens of their images within the vision tower
 * @param prompt tokens of their prompts within the decoder, those of their images included
 */
public record RunTokens(long rows, long tower, long prompt) implements Serializable {
  public static final RunTokens NONE = new RunTokens(0, 0, 0);

  RunTokens plus(RunTokens other) {
    return new RunTokens(rows + other.rows, tower + other.tower, prompt + other.prompt);
  }

  RunTokens minus(RunTokens other) {
    return new RunTokens(rows - other.rows, tower - other.tower, prompt - other.prompt);
  }
}
