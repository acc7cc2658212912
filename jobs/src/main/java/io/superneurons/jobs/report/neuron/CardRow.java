package io.superneurons.jobs.report.neuron;

import java.util.Objects;
import java.util.Optional;

/**
 * A row and what some neurons' values are on it.
 *
 * @param id of the row
 * @param image as the manifest has it
 * @param label index of the label that it came with
 * @param values of the neurons [neurons]
 */
public record CardRow(String id, Optional<String> image, int label, float[] values) {
  public CardRow {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(image, "image");
  }
}
