package io.superneurons.jobs;

import java.util.List;
import java.util.Locale;

/**
 * A row that could not be done; a row of {@code _errors/}.
 *
 * @param row as the manifest has it
 * @param error short and countable, such as {@code image_not_found}
 * @param detail what, where and what to do
 */
record RowError(ManifestRow row, Kind error, String detail) {

  static final List<String> COLUMNS = List.of("id", "image", "question", "error", "detail");

  /** What kind of fault it was. */
  enum Kind {
    BAD_ROW,
    IMAGE_NOT_FOUND,
    IMAGE_NOT_READABLE,
    IMAGE_NOT_ALLOWED,
    BAD_IMAGE,
    BAD_QUESTION,
    MODEL_FAILED,
    NOT_FINITE;

    /** The name in the file. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Object[] toValues() {
    return new Object[] {row.id(), row.image(), row.question(), error.label(), detail};
  }
}
