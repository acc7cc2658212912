package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesSideBySideTest {
  private static final FilesSideBySide.Limits LIMITS = new FilesSideBySide.Limits(40, 3, 2);

  private final Store store = new Store();
  @TempDir private Path folder;

  /** A store that notes which folders are listed with all below them. */
  private static final class Store extends RawLocalFileSystem {
    private final Set<String> listed = ConcurrentHashMap.newKeySet();
    private CountDownLatch together = new CountDownLatch(0);

    @Override
    public RemoteIterator<LocatedFileStatus> listFiles(
        org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      listed.add(path.getName());
      together.countDown();
      try {
        if (!together.await(1, TimeUnit.MINUTES)) {
          throw new IOException("No other folder is listed meanwhile");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (path.getName().equals("broken")) {
        throw new IOException("The store does not answer");
      }
      return super.listFiles(path, recursive);
    }
  }

  @BeforeEach
  void open() throws IOException {
    store.initialize(URI.create("file:///"), new Configuration(false));
  }

  private void make(String... files) throws IOException {
    for (String file : files) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.createFile(folder.resolve(file));
    }
  }

  @Test
  void filesComeSortedWhereverTheyLie() throws IOException {
    make("b.png", "a/2.png", "a/1/3.png", "a-1.png", "c/d/e/f.png", "a0.png");
    Files.createDirectories(folder.resolve("empty/and empty"));
    List<String> found = found();
    assertEquals(List.of("a-1.png", "a/", "a/", "a0.png", "b.png", "c/"), tops(found));
    assertEquals(
        Set.of("b.png", "a/2.png", "a/1/3.png", "a-1.png", "c/d/e/f.png", "a0.png"),
        Set.copyOf(found));
    assertEquals(Set.of("a", "c", "empty"), store.listed);
  }

  @Test
  void moreFoldersThanThreadsComeInOneOrderEachTime() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (int file = 0; file < i % 7; file++) {
        String name = String.format(Locale.ROOT, "f%02d/%d.png", i, file);
        make(name);
        expected.add(name);
      }
    }
    List<String> first = found();
    assertEquals(expected, first.stream().sorted().toList());
    assertEquals(tops(expected), tops(first));
    assertEquals(first, found());
  }

  @Test
  void foldersAreListedAtTheSameTime() throws IOException {
    make("a/1.png", "b/2.png", "c/3.png");
    store.together = new CountDownLatch(LIMITS.folders());
    assertEquals(List.of("a/1.png", "b/2.png", "c/3.png"), found());
  }

  @Test
  void aFolderAloneIsLookedInto() throws IOException {
    make("top/only/a/1.png", "top/only/b/2.png");
    assertEquals(List.of("top/only/a/1.png", "top/only/b/2.png"), found());
    assertEquals(Set.of("a", "b"), store.listed);
  }

  @Test
  void aFolderWithVeryManyEntriesIsListedAsOne() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 10; i <= 10 + LIMITS.entries(); i++) {
      expected.add(i + "/1.png");
      make(i + "/1.png");
    }
    assertEquals(expected, found().stream().sorted().toList());
    assertEquals(Set.of(folder.getFileName().toString()), store.listed);
  }

  @Test
  void anEmptyFolderHasNoFiles() throws IOException {
    assertFalse(list().hasNext());
  }

  @Test
  void whatOneFolderFailsWithIsToldWhenItsTurnComes() throws IOException {
    make("a/1.png", "broken/2.png", "c/3.png");
    RemoteIterator<FileStatus> files = list();
    IOException e =
        assertThrows(
            IOException.class,
            () -> {
              while (files.hasNext()) {
                files.next();
              }
            });
    assertEquals("The store does not answer", e.getMessage());
  }

  @Test
  void oneThatIsClosedEndsItsThreads() throws Exception {
    for (int i = 0; i < 20; i++) {
      make("a/" + i + ".png", "b/" + i + ".png");
    }
    RemoteIterator<FileStatus> files = list();
    assertTrue(files.hasNext());
    ((Closeable) files).close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("list-folder")) {
        thread.join();
      }
    }
  }

  /** The name directly below the folder, of each file. */
  private static List<String> tops(List<String> files) {
    return files.stream().map(file -> file.replaceFirst("/.*", "/")).toList();
  }

  private RemoteIterator<FileStatus> list() throws IOException {
    return FilesSideBySide.list(store, new org.apache.hadoop.fs.Path(folder.toString()), LIMITS);
  }

  private List<String> found() throws IOException {
    List<String> names = new ArrayList<>();
    RemoteIterator<FileStatus> files = list();
    while (files.hasNext()) {
      names.add(folder.relativize(Path.of(files.next().getPath().toUri())).toString());
    }
    return names;
  }
}
