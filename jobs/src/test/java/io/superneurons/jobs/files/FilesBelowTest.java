package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesBelowTest {
  @TempDir private Path folder;

  @Test
  void findsTheFilesOfAllFolders() throws IOException {
    for (String file : Set.of("a.png", "b/c.png", "b/d/e.png", "f/g/h/i.png")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.createFile(folder.resolve(file));
    }
    Files.createDirectories(folder.resolve("empty/and empty"));
    assertEquals(Set.of("a.png", "b/c.png", "b/d/e.png", "f/g/h/i.png"), found());
  }

  @Test
  void anEmptyFolderHasNone() throws IOException {
    RemoteIterator<? extends FileStatus> none = list();
    assertFalse(none.hasNext());
    assertThrows(NoSuchElementException.class, none::next);
  }

  private Set<String> found() throws IOException {
    Set<String> names = new TreeSet<>();
    RemoteIterator<? extends FileStatus> files = list();
    while (files.hasNext()) {
      Path file = Path.of(files.next().getPath().toUri());
      names.add(folder.relativize(file).toString());
    }
    return names;
  }

  private RemoteIterator<? extends FileStatus> list() throws IOException {
    return FilesBelow.list(
        FileSystem.getLocal(new Configuration(false)),
        new org.apache.hadoop.fs.Path(folder.toUri()));
  }
}
