package io.superneurons.jobs.input;

import java.io.Closeable;
import java.io.IOException;

/** The rows of a part, one after another. */
public interface PartRows extends Closeable {
  /**
   * Goes on to the next row.
   *
   * @return null after the last
   */
  ManifestRow next() throws IOException;

  /** The number of the row: of a line among those of the part, of a row of Parquet in its file. */
  long number();

  /** Where {@link EmbeddedReader} finds the row's image; 0 where images are files of their own. */
  long at();

  /**
   * How many rows before it have to be in one piece with it, since they are read where it is read
   * again; none where each row is found by itself.
   */
  default long joined() throws IOException {
    return 0;
  }

  /** How many of its file's lines the part has, after its last row; 0 where nothing is counted. */
  default long lines() {
    return 0;
  }
}
