package io.superneurons.model.pass;

import java.util.Objects;

/**
 * What a pass over a batch of rows is to do.
 *
 * @param capture all that any row may need
 * @param descent how far down each row goes
 */
public record PassPlan(Capture capture, Descent descent) {
  public PassPlan {
    Objects.requireNonNull(capture, "capture");
    Objects.requireNonNull(descent, "descent");
  }

  /** All rows go as deep as the capture needs. */
  public static PassPlan of(Capture capture) {
    return new PassPlan(capture, Descent.of(capture));
  }
}
