package io.superneurons.jobs.bench;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Looks medians up, in seconds per question.
 *
 * @param measurements all there are
 */
record Medians(List<Measurement> measurements) {
  /** Of this project's side; empty if that was not measured. */
  OptionalDouble engine(Pass pass, int questions) {
    return of(pass, Measurement.ENGINE, questions);
  }

  /** Of the other side; empty if there is none. */
  OptionalDouble huggingFace(Pass pass) {
    return of(pass, Measurement.HUGGING_FACE, 1);
  }

  private OptionalDouble of(Pass pass, String side, int questions) {
    return measurements.stream()
        .filter(m -> m.pass().equals(pass.label()) && m.side().equals(side))
        .filter(m -> m.questions() == questions)
        .mapToDouble(Measurement::median)
        .findFirst();
  }
}
