package io.superneurons.jobs.input;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One record of a manifest, whatever format it came in. */
public interface ManifestRecord {
  /** Whether it has a column of that name, be it null. */
  boolean has(String column);

  /**
   * The text of a string, number or truth value.
   *
   * @return null where it is null or no finite number
   * @throws BadRowException if it is anything else
   */
  String text(String column) throws BadRowException;

  /**
   * The texts of a list, of which text formats hold the JSON.
   *
   * @return null where it is null or empty
   * @throws BadRowException if it is anything else
   */
  default List<String> texts(String column) throws BadRowException {
    String text = text(column);
    return text == null || text.isBlank() ? null : JsonRecord.texts(column, text);
  }

  /**
   * The letter of the choice that is right, where the record says it otherwise than by a label;
   * empty where it does not.
   *
   * @throws BadRowException if it is none
   */
  default Optional<String> letter() throws BadRowException {
    return Optional.empty();
  }

  /**
   * What stands for an embedded image in an id that is made: the name that it has in the input;
   * empty for its content.
   */
  default Optional<String> imageIdentity() {
    return Optional.empty();
  }

  /** What a record that lacks its image may be instead. */
  default Optional<String> hint() {
    return Optional.empty();
  }

  /**
   * The image in a column.
   *
   * @return null where it is null
   * @throws BadRowException if it is no image
   */
  ImageCell image(String column) throws BadRowException;

  /** What a record is a row's of, where the layout of its file says more than its columns do. */
  @FunctionalInterface
  interface Shape extends Serializable {
    /** Records are rows as they are. */
    Shape PLAIN = published -> published;

    /** The record as it is read. */
    ManifestRecord of(ManifestRecord published);

    /** Columns of tables that it needs beside those of fields. */
    default Set<String> columns() {
      return Set.of();
    }
  }
}
