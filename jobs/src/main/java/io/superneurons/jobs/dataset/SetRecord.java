package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.input.ImageCell;
import io.superneurons.jobs.input.ManifestRecord;
import java.util.List;
import java.util.Optional;

/**
 * A record as its set means it: the fields that the set fills, and the published ones beside them.
 *
 * @param published as it lies in the file
 * @param row what the set made of it
 * @param image where its image is; null where the record has the image, or its path
 * @param problem why it is no record of the set; null where it is one
 */
record SetRecord(ManifestRecord published, SetFields row, String image, BadRowException problem)
    implements ManifestRecord {
  @Override
  public boolean has(String column) {
    return row.texts().containsKey(column)
        || column.equals(FieldColumns.CHOICES) && row.choices() != null
        || column.equals(FieldColumns.IMAGE) && image != null
        || published.has(column);
  }

  @Override
  public String text(String column) throws BadRowException {
    return row.texts().containsKey(column) ? row.texts().get(column) : published.text(column);
  }

  @Override
  public List<String> texts(String column) throws BadRowException {
    boolean isOwn = column.equals(FieldColumns.CHOICES) && row.choices() != null;
    return isOwn ? row.choices() : published.texts(column);
  }

  @Override
  public Optional<String> letter() {
    return Optional.ofNullable(row.letter());
  }

  /** Every row is asked for its image, so that what is wrong with the record is said here. */
  @Override
  public ImageCell image(String column) throws BadRowException {
    if (problem != null) {
      throw problem;
    }
    boolean isOwn = column.equals(FieldColumns.IMAGE) && image != null;
    return isOwn ? new ImageCell(image, null) : published.image(column);
  }
}
