package io.superneurons.jobs.select.size;

import io.superneurons.jobs.select.rows.ImageSplit;
import io.superneurons.jobs.select.rows.LabelledRowReader;
import io.superneurons.jobs.select.rows.RowTable;

/** Hears what is to be told of labelled rows as they are read; does nothing unless it says so. */
public interface RowsListener {
  /** Rows were dealt by image unasked. */
  default void dealt(ImageSplit split) {}

  /** There are labels beside the activations. */
  default void labels(LabelledRowReader.LabelCount labels) {}

  /** All rows are read. */
  default void read(RowTable table) {}
}
