package io.superneurons.jobs.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.jobs.input.ManifestRow;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @TempDir private Path folder;

  /**
   * A local disk as Java has it for who is not root: what may not be read is said to be missing.
   */
  public static final class Locked extends RawLocalFileSystem {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize)
        throws IOException {
      throw new FileNotFoundException(path.toUri().getPath() + " (Permission denied)");
    }
  }

  @Test
  void aFileThatMayNotBeReadIsNotMissing() throws IOException {
    Path image = Files.createFile(folder.resolve("a.png"));
    Configuration conf = new Configuration(false);
    conf.set("fs.file.impl", Locked.class.getName());
    conf.set("fs.file.impl.disable.cache", "true");
    ImageFiles files = new ImageFiles(conf, 1 << 20, new EffortClock());
    IOException locked = assertThrows(IOException.class, () -> files.read(row(image)));
    assertFalse(locked instanceof FileNotFoundException);
    assertEquals(
        "Image file:" + image + " cannot be read: " + image + " (Permission denied)",
        locked.getMessage());
    Path none = folder.resolve("none.png");
    IOException missing = assertThrows(FileNotFoundException.class, () -> files.read(row(none)));
    assertEquals("file:" + none, missing.getMessage());
  }

  private static ManifestRow row(Path image) {
    String path = "file:" + image;
    return new ManifestRow("a", "t", null, path, "q", null, path, null, null, null, null);
  }
}
