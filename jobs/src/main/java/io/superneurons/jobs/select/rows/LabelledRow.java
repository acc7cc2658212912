package io.superneurons.jobs.select.rows;

import java.util.Comparator;

/**
 * A labelled row of a folder of activations, without the activations.
 *
 * @param task the task's name
 * @param set number of the set, see {@link Sets}
 * @param id the row's id
 * @param label as given
 * @param answer the model's own, or null
 * @param question as asked, or null
 * @param image SHA-256 of the encoded image where it is known, else where the image was, or null
 * @param file the Parquet file
 * @param position zero-based row of the file
 */
public record LabelledRow(
    String task,
    int set,
    String id,
    String label,
    String answer,
    String question,
    String image,
    String file,
    long position) {
  /** The canonical order, which does not depend on the files that the rows come from. */
  static final Comparator<LabelledRow> ORDER =
      Comparator.comparing(LabelledRow::task)
          .thenComparingInt(LabelledRow::set)
          .thenComparing(LabelledRow::id);

  /** What identifies its image; a row that names no image is taken to have one of its own. */
  String imageOrId() {
    return image == null ? id : image;
  }
}
