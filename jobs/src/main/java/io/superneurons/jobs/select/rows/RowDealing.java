package io.superneurons.jobs.select.rows;

import java.util.Objects;

/**
 * What says which set a row is in.
 *
 * @param by its split or its image
 * @param byImage deals images, where it is the image
 */
public record RowDealing(SplitBy by, ImageSplit byImage) {
  public RowDealing {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(byImage, "byImage");
  }
}
