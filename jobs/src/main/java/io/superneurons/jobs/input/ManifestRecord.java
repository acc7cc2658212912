package io.superneurons.jobs.input;

import java.util.Optional;

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
}
