package io.superneurons.jobs.files;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files in a folder and in those below it, as they are found. A store is asked for all at once,
 * a local disk folder by folder: Hadoop's own listing of a local disk starts a process for every
 * file, to look up its owner.
 */
public final class FilesBelow implements RemoteIterator<FileStatus> {
  private static final String LOCAL = "file";

  private final FileSystem files;
  private final Deque<Path> folders = new ArrayDeque<>();
  private RemoteIterator<FileStatus> children;
  private FileStatus next;

  private FilesBelow(FileSystem files, Path folder) throws IOException {
    this.files = files;
    this.children = files.listStatusIterator(folder);
    advance();
  }

  public static RemoteIterator<? extends FileStatus> list(FileSystem files, Path folder)
      throws IOException {
    return LOCAL.equals(files.getScheme())
        ? new FilesBelow(files, folder)
        : files.listFiles(folder, true);
  }

  private void advance() throws IOException {
    next = null;
    while (next == null) {
      while (!children.hasNext()) {
        if (folders.isEmpty()) {
          return;
        }
        children = files.listStatusIterator(folders.remove());
      }
      FileStatus child = children.next();
      if (child.isDirectory()) {
        folders.add(child.getPath());
      } else {
        next = child;
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
