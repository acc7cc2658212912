package io.superneurons.jobs.report.read;

import java.util.Objects;
import java.util.Optional;

/**
 * What a report may read beside the selection.
 *
 * @param activations the folder that it was selected on
 * @param predictions a folder that label wrote with it
 * @param neurons of each task that get a card
 */
public record Sources(Optional<String> activations, Optional<String> predictions, int neurons) {
  public Sources {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(predictions, "predictions");
  }
}
