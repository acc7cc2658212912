package io.superneurons.jobs.bench;

import java.util.Arrays;

/**
 * How long a pass took.
 *
 * @param pass such as {@code first_token}
 * @param side {@code engine} or {@code hugging_face}
 * @param questions that shared the image in one pass
 * @param median seconds per question
 * @param min seconds per question
 * @param max seconds per question
 */
record Measurement(String pass, String side, int questions, double median, double min, double max) {
  /** This project's side. */
  static final String ENGINE = "engine";

  /** The side of transformers. */
  static final String HUGGING_FACE = "hugging_face";

  /**
   * Summarises repetitions.
   *
   * @param seconds of each, for all its questions together; at least one
   */
  static Measurement of(Pass pass, String side, int questions, double[] seconds) {
    double[] sorted = Arrays.stream(seconds).map(s -> s / questions).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Measurement(
        pass.label(), side, questions, median, sorted[0], sorted[sorted.length - 1]);
  }
}
