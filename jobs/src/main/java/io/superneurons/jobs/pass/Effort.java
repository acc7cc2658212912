package io.superneurons.jobs.pass;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tokens that rows had and the time that they took, in nanoseconds, summed over threads.
 *
 * @param tokens tokens of prompts; an image may count as one
 * @param run what passes ran
 * @param readNanos for reading image files
 * @param prepareNanos for decoding and resizing images, and for making prompts
 * @param modelNanos for passes of the model, without the wait for their turn
 * @param writeNanos for writing the files of waves
 */
public record Effort(
    long tokens, RunTokens run, long readNanos, long prepareNanos, long modelNanos, long writeNanos)
    implements Serializable {
  public static final Effort NONE = new Effort(0, RunTokens.NONE, 0, 0, 0, 0);

  public Effort {
    run = run == null ? RunTokens.NONE : run; // files of earlier versions
  }

  public Effort plus(Effort other) {
    return new Effort(
        tokens + other.tokens,
        run.plus(other.run),
        readNanos + other.readNanos,
        prepareNanos + other.prepareNanos,
        modelNanos + other.modelNanos,
        writeNanos + other.writeNanos);
  }

  public Effort minus(Effort other) {
    return new Effort(
        tokens - other.tokens,
        run.minus(other.run),
        readNanos - other.readNanos,
        prepareNanos - other.prepareNanos,
        modelNanos - other.modelNanos,
        writeNanos - other.writeNanos);
  }

  /** Seconds by phase: {@code read}, {@code prepare}, {@code model} and {@code write}. */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("read", readNanos / 1e9);
    seconds.put("prepare", prepareNanos / 1e9);
    seconds.put("model", modelNanos / 1e9);
    seconds.put("write", writeNanos / 1e9);
    return seconds;
  }

  /** The effort of writing alone. */
  public static Effort written(long nanos) {
    return new Effort(0, RunTokens.NONE, 0, 0, 0, nanos);
  }
}
