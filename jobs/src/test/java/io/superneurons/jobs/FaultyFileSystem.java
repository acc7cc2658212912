package io.superneurons.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local disks behind {@code faulty:}, where calls of a run go wrong as a test plans it. Calls are
 * numbered as they come, those that a call makes itself left out.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final URI ROOT = URI.create("faulty:///");

  private static final int CALLS_OF_A_STOP = 40;
  private static final Map<Integer, Fault> PLAN = new ConcurrentHashMap<>();
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);
  private static volatile boolean dead;
  private static volatile int stopShownUntil;

  /** How a call goes wrong. */
  enum Fault {
    /** Nothing is done. */
    REFUSED,
    /** It is done, but the answer does not arrive. */
    ANSWER_LOST,
    /** It takes long. */
    SLOW,
    /** From here on there is no file system: for the run as if it were killed here. */
    GONE,
    /** For some calls there is a {@code _stop}, which is removed before the driver looks for it. */
    STOP_SHOWN
  }

  /** What a call does, with what comes of it. */
  private interface Call<T> {
    T run() throws IOException;
  }

  /** Begins to count the calls of a run, which go wrong at these numbers. */
  static void plan(Map<Integer, Fault> faults) {
    PLAN.clear();
    PLAN.putAll(faults);
    CALLS.set(0);
    dead = false;
    stopShownUntil = 0;
  }

  /** How many calls there have been. */
  static int calls() {
    return CALLS.get();
  }

  private static <T> T faulty(String what, Call<T> call) throws IOException {
    if (DEPTH.get() > 0) {
      return call.run();
    }
    DEPTH.set(1);
    try {
      int number = CALLS.getAndIncrement();
      Fault fault = PLAN.get(number);
      if (dead || fault == Fault.GONE) {
        dead = true;
        throw new IOException("The file system is gone: " + what);
      }
      if (fault == Fault.REFUSED) {
        throw new IOException("Refused: " + what);
      }
      if (fault == Fault.STOP_SHOWN) {
        stopShownUntil = number + CALLS_OF_A_STOP;
      }
      if (fault == Fault.SLOW) {
        pause();
      }
      T result = call.run();
      if (fault == Fault.ANSWER_LOST) {
        throw new IOException("Answer lost: " + what);
      }
      return result;
    } finally {
      DEPTH.set(0);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return faulty("open " + path, () -> super.open(path, bufferSize));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return faulty(
        "create " + file,
        () ->
            new FSDataOutputStream(
                new Closing(
                    file,
                    super.create(file, overwrite, bufferSize, replication, blockSize, progress)),
                null));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return faulty("rename " + from + " to " + to, () -> super.rename(from, to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return faulty("delete " + path, () -> super.delete(path, recursive));
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return faulty("mkdirs " + path, () -> super.mkdirs(path));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return faulty("mkdirs " + path, () -> super.mkdirs(path, permission));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return faulty("list " + path, () -> super.listStatus(path));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    boolean shown = path.getName().equals("_stop") && CALLS.get() < stopShownUntil;
    return faulty("look for " + path, () -> shown || super.exists(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return faulty("look at " + path, () -> super.getFileStatus(path));
  }

  /** A file that may go wrong when it is closed. */
  private static final class Closing extends FilterOutputStream {
    private final Path file;

    Closing(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      faulty(
          "close " + file,
          () -> {
            super.close();
            return file;
          });
    }
  }
}
