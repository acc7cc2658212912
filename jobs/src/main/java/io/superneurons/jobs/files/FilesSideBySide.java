package io.superneurons.jobs.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files in a folder of a store and in those below it. A store answers each question after a
 * while, so folders are listed some at a time; what comes of it has one order whatever the answers'
 * times: as paths are sorted, within the folders directly below as the store lists them. A folder
 * with very many entries is listed as one, since asking for each of its folders would take longer.
 */
public final class FilesSideBySide implements RemoteIterator<FileStatus>, Closeable {
  private static final Limits LIMITS = new Limits(5_000, 16, 1_000);

  private final ExecutorService threads;

  /** What is still to be given, in order; one that gives no more is removed. */
  private final Deque<Listing> listings = new ArrayDeque<>();

  private final Iterator<Ahead> unstarted;
  private FileStatus next;

  /**
   * How much there is at a time.
   *
   * @param entries of a folder whose folders are listed each
   * @param folders that are listed at a time
   * @param ahead files that the listing of each may be ahead
   */
  record Limits(int entries, int folders, int ahead) {}

  /** A file, or those below a folder. */
  private interface Listing {
    /** The next file; null after the last. */
    FileStatus next() throws IOException;
  }

  private FilesSideBySide(FileSystem files, List<FileStatus> entries, Limits limits)
      throws IOException {
    threads =
        Executors.newFixedThreadPool(
            limits.folders,
            work -> {
              Thread thread = new Thread(work, "list-folder");
              thread.setDaemon(true);
              return thread;
            });
    List<Ahead> folders = new ArrayList<>();
    for (FileStatus entry : entries) {
      if (entry.isDirectory()) {
        folders.add(new Ahead(files, entry.getPath(), limits.ahead));
        listings.add(folders.get(folders.size() - 1));
      } else {
        listings.add(new ArrayDeque<>(List.of(entry))::poll);
      }
    }
    unstarted = folders.iterator();
    for (int i = 0; i < limits.folders; i++) {
      startOne();
    }
    advance();
  }

  /** All files below a folder; to be closed by who does not want the last one. */
  public static RemoteIterator<FileStatus> list(FileSystem files, Path folder) throws IOException {
    return list(files, folder, LIMITS);
  }

  /** The same with other limits. */
  static RemoteIterator<FileStatus> list(FileSystem files, Path folder, Limits limits)
      throws IOException {
    Optional<List<FileStatus>> entries = entries(files, folder, limits.entries);
    while (entries.filter(FilesSideBySide::isOneFolder).isPresent()) {
      entries = entries(files, entries.get().get(0).getPath(), limits.entries);
    }
    if (entries.isPresent()) {
      return new FilesSideBySide(files, entries.get(), limits);
    }
    RemoteIterator<? extends FileStatus> all = files.listFiles(folder, true);
    return new RemoteIterator<>() {
      @Override
      public boolean hasNext() throws IOException {
        return all.hasNext();
      }

      @Override
      public FileStatus next() throws IOException {
        return all.next();
      }
    };
  }

  /** What lies directly in a folder, sorted as the paths of files are; empty if it is too much. */
  private static Optional<List<FileStatus>> entries(FileSystem files, Path folder, int most)
      throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    RemoteIterator<FileStatus> found = files.listStatusIterator(folder);
    while (found.hasNext()) {
      entries.add(found.next());
      if (entries.size() > most) {
        return Optional.empty();
      }
    }
    entries.sort(
        Comparator.comparing(
            entry -> entry.getPath().getName() + (entry.isDirectory() ? Path.SEPARATOR : "")));
    return Optional.of(entries);
  }

  private static boolean isOneFolder(List<FileStatus> entries) {
    return entries.size() == 1 && entries.get(0).isDirectory();
  }

  /** A file, or why there is none; neither after the last. */
  private record Step(FileStatus file, IOException failure) {}

  /** A folder that a thread lists, some files ahead of who takes them. */
  private final class Ahead implements Listing, Runnable {
    private final FileSystem files;
    private final Path folder;
    private final BlockingQueue<Step> steps;

    Ahead(FileSystem files, Path folder, int ahead) {
      this.files = files;
      this.folder = folder;
      this.steps = new ArrayBlockingQueue<>(ahead);
    }

    @Override
    public void run() {
      try {
        put(new Step(null, list()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed: nobody waits
      }
    }

    /** Why it cannot be listed to its end; null if it was. */
    private IOException list() throws InterruptedException {
      try {
        RemoteIterator<? extends FileStatus> below = files.listFiles(folder, true);
        while (below.hasNext()) {
          put(new Step(below.next(), null));
        }
        return null;
      } catch (IOException e) {
        return e;
      } catch (RuntimeException e) {
        return new IOException("Cannot list " + folder + ": " + e.getMessage(), e);
      }
    }

    /** Some file systems take no notice of an interrupt, and clear it: it may never come here. */
    private void put(Step step) throws InterruptedException {
      do {
        if (threads.isShutdown()) {
          throw new InterruptedException("Closed");
        }
      } while (!steps.offer(step, 1, TimeUnit.SECONDS));
    }

    @Override
    public FileStatus next() throws IOException {
      try {
        Step step = steps.take();
        if (step.failure != null) {
          throw step.failure;
        }
        return step.file;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while " + folder + " was listed");
      }
    }
  }

  private void startOne() {
    if (unstarted.hasNext()) {
      threads.execute(unstarted.next());
    }
  }

  private void advance() throws IOException {
    next = null;
    try {
      while (next == null && !listings.isEmpty()) {
        next = listings.peek().next();
        if (next == null && listings.remove() instanceof Ahead) {
          startOne();
        }
      }
    } finally {
      if (next == null) {
        close();
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

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
