package io.superneurons.jobs.input;

import java.util.List;

/**
 * A row that could not be done; a row of {@code _errors/}.
 *
 * @param row as the manifest has it
 * @param error short and countable, such as {@code image_not_found}
 * @param detail what, where and what to do
 */
public record RowError(ManifestRow row, ErrorKind error, String detail) {

  public static final List<String> COLUMNS = List.of("id", "image", "question", "error", "detail");

  public Object[] toValues() {
    return new Object[] {row.id(), row.image(), row.question(), error.label(), detail};
  }
}
