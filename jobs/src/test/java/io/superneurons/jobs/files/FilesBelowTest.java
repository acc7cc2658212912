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

  @Test
  void eachRealFolderIsEnteredOnce() throws IOException {
    Files.createDirectories(folder.resolve("b/c"));
    Files.createDirectories(folder.resolve("_hidden"));
    for (String file : Set.of("a.png", "b/c/d.png", "_hidden/h.png")) {
      Files.createFile(folder.resolve(file));
    }
    for (String link : Set.of("self", "again", "b/up", "b/c/top")) {
      Files.createSymbolicLink(folder.resolve(link), folder);
    }
    Files.createSymbolicLink(folder.resolve("a-link-to-b"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("shown"), folder.resolve("_hidden"));
    Files.createSymbolicLink(folder.resolve("nowhere.png"), folder.resolve("none.png"));
    assertEquals(Set.of("a.png", "b/c/d.png", "shown/h.png", "nowhere.png"), found());
  }

  @Test
  void aNameThatIsNotUtf8IsShownByItsBytes() throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder(
            "sh",
            "-c",
            "touch \"$(printf 'caf\\351.png')\" 'é%E9.png'; f=\"$(printf 'f\\351')\";"
                + " mkdir \"$f\"; touch \"$f/in.png\"");
    shell.directory(folder.toFile());
    try (var process = shell.start().getErrorStream()) {
      assertEquals(0, process.readAllBytes().length);
    }
    RemoteIterator<? extends FileStatus> files = list();
    Set<String> names = new TreeSet<>();
    Set<String> unnameable = new TreeSet<>();
    while (files.hasNext()) {
      FileStatus file = files.next();
      (file instanceof FilesBelow.Unnameable ? unnameable : names).add(file.getPath().getName());
    }
    assertEquals(Set.of("caf%E9.png", "in.png"), unnameable);
    assertEquals(Set.of("é%E9.png"), names);
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
