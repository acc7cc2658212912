package io.superneurons.jobs.pass;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What rows took.
 *
 * @param tokens of prompts; an image may count as one
 * @param readNanos reading image files
 * @param prepareNanos decoding and resizing images, making prompts
 * @param modelNanos passes of the model, without waiting for their turn
 * @param writeNanos writing the files of waves
 */
public record Effort(
    long tokens, long readNanos, long prepareNanos, long modelNanos, long writeNanos)
    implements Serializable {
  public static final Effort NONE = new Effort(0, 0, 0, 0, 0);

  public Effort plus(Effort other) {
    return new Effort(
        tokens + other.tokens,
        readNanos + other.readNanos,
        prepareNanos + other.prepareNanos,
        modelNanos + other.modelNanos,
        writeNanos + other.writeNanos);
  }

  public Effort minus(Effort other) {
    return new Effort(
        tokens - other.tokens,
        readNanos - other.readNanos,
        prepareNanos - other.prepareNanos,
        modelNanos - other.modelNanos,
        writeNanos - other.writeNanos);
  }

  /** By phase. */
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("read", readNanos / 1e9);
    seconds.put("prepare", prepareNanos / 1e9);
    seconds.put("model", modelNanos / 1e9);
    seconds.put("write", writeNanos / 1e9);
    return seconds;
  }

  /** Of writing alone. */
  public static Effort written(long nanos) {
    return new Effort(0, 0, 0, 0, nanos);
  }
}
