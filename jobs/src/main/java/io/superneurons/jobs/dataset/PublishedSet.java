package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How one data set is published, and what a row is of it. */
interface PublishedSet {
  /** How the records of a file lie. */
  Layout layout();

  /** What its files are called, for messages. */
  String files();

  /** Whether a file of a folder is one to read, by its name. */
  boolean reads(String name);

  /** Fields that every record has; a file without them is of another layout. */
  List<String> marks();

  /** Columns of a table that {@link #fill} asks for beside those of fields. */
  default Set<String> columns() {
    return Set.of();
  }

  /**
   * Where the image of a record may lie, from the folder of the file or of an image root on: as the
   * set is published first. Empty where records hold their images themselves, or name paths.
   *
   * @param file the name of the file without its folder
   */
  default List<String> images(PublishedRecord record, String file) throws BadRowException {
    return List.of();
  }

  /** Whether a record has an image; those without are no rows. */
  default boolean hasImage(PublishedRecord record) throws BadRowException {
    return true;
  }

  /**
   * The name of the file that has the answers to a file of questions; empty where the questions
   * have theirs.
   *
   * @param questions the name of the file of questions
   */
  default Optional<String> answers(String questions) {
    return Optional.empty();
  }

  /** Whether a record may name the index of an earlier one in place of an image that both have. */
  default boolean refersToRecords() {
    return false;
  }

  /**
   * Fills the fields of a row, its id first, so that an error row has it.
   *
   * @param file the name of the file without its folder
   * @throws BadRowException if the record is none of this set
   */
  void fill(PublishedRecord record, String file, SetFields row) throws BadRowException;
}
