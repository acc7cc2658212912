package io.superneurons.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files in a folder and in those below it. A store is asked for all at once, a local disk
 * folder by folder: there links may lead in circles, so each real folder is entered once, by a path
 * without a link where there is one; names may be no UTF-8, see {@link Unnameable}; and Hadoop's
 * own listing starts a process for every file, to look up its owner. Local folders below the first
 * whose names begin with a dot or an underscore are left out, links that lead nowhere are not.
 */
public final class FilesBelow implements RemoteIterator<FileStatus> {
  private static final String LOCAL = "file";

  private final Deque<java.nio.file.Path> folders = new ArrayDeque<>();

  /** Folders that are links, for after all others; in an order of their own. */
  private final Queue<java.nio.file.Path> links = new PriorityQueue<>();

  private final Set<java.nio.file.Path> entered = new HashSet<>();
  private Iterator<java.nio.file.Path> children = Collections.emptyIterator();
  private FileStatus next;

  private FilesBelow(Path folder) throws IOException {
    folders.add(local(folder));
    advance();
  }

  /**
   * A file or folder whose path is no UTF-8, so that it cannot be opened by it; the path shows
   * bytes as %XX. What lies in such a folder has such a path, too.
   */
  public static final class Unnameable extends FileStatus {
    private static final long serialVersionUID = 1;

    private Unnameable(Path path, boolean isFolder) {
      super(0, isFolder, 1, 0, 0, path);
    }
  }

  /** All files below a folder, as they are found. */
  public static RemoteIterator<? extends FileStatus> list(FileSystem files, Path folder)
      throws IOException {
    return isLocal(files) ? new FilesBelow(folder) : files.listFiles(folder, true);
  }

  /** What lies directly in a folder, folders too. */
  public static RemoteIterator<? extends FileStatus> children(FileSystem files, Path folder)
      throws IOException {
    if (!isLocal(files)) {
      return files.listStatusIterator(folder);
    }
    Iterator<java.nio.file.Path> children = childrenOf(local(folder)).iterator();
    return new RemoteIterator<FileStatus>() {
      @Override
      public boolean hasNext() {
        return children.hasNext();
      }

      @Override
      public FileStatus next() throws IOException {
        return status(children.next());
      }
    };
  }

  /** Whether files are on a local disk, where links are. */
  public static boolean isLocal(FileSystem files) {
    return LOCAL.equals(files.getUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static List<java.nio.file.Path> childrenOf(java.nio.file.Path folder) throws IOException {
    List<java.nio.file.Path> found = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> children = Files.newDirectoryStream(folder)) {
      children.forEach(found::add);
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException(folder.toString());
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(found);
    return found;
  }

  private static FileStatus status(java.nio.file.Path path) throws IOException {
    String name = path.toString();
    if (!java.nio.file.Path.of(name).equals(path)) {
      return new Unnameable(
          new Path(LOCAL, null, path.toUri().getRawPath()), Files.isDirectory(path));
    }
    Path named = new Path(LOCAL, null, name);
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      long modified = found.lastModifiedTime().toMillis();
      return new FileStatus(found.size(), found.isDirectory(), 1, 0, modified, named);
    } catch (IOException e) {
      // a link that leads nowhere or in a circle: whoever opens it is told so
      return new FileStatus(0, false, 1, 0, 0, named);
    }
  }

  private void advance() throws IOException {
    next = null;
    while (next == null) {
      while (!children.hasNext()) {
        java.nio.file.Path folder = folders.isEmpty() ? links.poll() : folders.remove();
        if (folder == null) {
          return;
        }
        if (entered.add(folder.toRealPath())) {
          children = childrenOf(folder).iterator();
        }
      }
      java.nio.file.Path child = children.next();
      FileStatus status = status(child);
      if (!status.isDirectory()) {
        next = status;
      } else if (!PathNames.isHidden(status.getPath().getName())) {
        (Files.isSymbolicLink(child) ? links : folders).add(child);
      }
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public FileStatus next() throws IOException {
    if (next == null) {
      throw new NoSuchElementException();
    }
    FileStatus file = next;
    advance();
    return file;
  }
}
