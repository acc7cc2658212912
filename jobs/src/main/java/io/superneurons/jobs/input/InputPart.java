package io.superneurons.jobs.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A part of the input that one Spark task reads: a file, a stretch of one, or a folder of images.
 * Where files are cut depends on nothing but the files, so that a row's part and its number there
 * are the same on every run, whatever the cluster.
 */
public interface InputPart extends Serializable {
  /** Records as they are, one after another. */
  interface Records extends Closeable {
    /**
     * Goes on to the next record.
     *
     * @return null after the last
     * @throws BadRowException if it is no record
     */
    ManifestRecord next() throws IOException, BadRowException;

    /** The columns of that record. */
    Set<String> columns();

    /** Its number, as {@link PartRows#number} has it. */
    long number();
  }

  /** The file or folder, with its file system; parts are ordered by it, then by {@link #start}. */
  String path();

  /** The first byte. */
  long start();

  /** How much there is to read, about. */
  long bytes();

  /** What {@link PartRows#number} counts: {@code line}, {@code row} or {@code image}. */
  String unit();

  /**
   * The columns of its rows, as its first one has them; none where its rows have none.
   *
   * @throws IOException if it cannot be read
   */
  default Set<String> columns(Configuration conf) throws IOException {
    return Set.of();
  }

  /**
   * Reads the part of a table that is no manifest, so that nothing is asked of its columns.
   *
   * @throws IOException if it cannot be read
   */
  default Records records(Configuration conf) throws IOException {
    throw new UnsupportedOperationException(path() + " is not read record by record");
  }

  /**
   * Reads the part from its start.
   *
   * @param most rows that are wanted; others may be left out
   * @throws IOException if it cannot be read
   */
  PartRows rows(Configuration conf, RowParser parser, long most) throws IOException;

  /**
   * Reads embedded images of rows of this part again.
   *
   * @throws IOException if it cannot be read
   */
  EmbeddedReader embedded(Configuration conf, RowParser parser) throws IOException;
}
