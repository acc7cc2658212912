package io.superneurons.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Locale;

/**
 * A file as it was when its header was read. A map of a file that has become shorter since kills
 * the process, and one of a file that was written anew gives other weights, so whoever reads from a
 * map asks before.
 *
 * @param bytes its length
 * @param modified when it was written last
 */
record FileState(Path file, long bytes, FileTime modified) {

  static FileState of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(file, now.size(), now.lastModifiedTime());
  }

  /**
   * Refuses a file that is not as it was.
   *
   * @throws CheckpointException that says what has changed
   */
  void requireUnchanged() {
    FileState now;
    try {
      now = of(file);
    } catch (IOException e) {
      throw new CheckpointException(
          "Cannot read " + file + " any more, though the model is in use: " + e, e);
    }
    if (!now.equals(this)) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "%s was changed while the model is in use: it had %d bytes of %s, and has %d of %s."
                  + " Put another model into a folder of its own, and start the run again",
              file,
              bytes,
              modified,
              now.bytes,
              now.modified));
    }
  }
}
