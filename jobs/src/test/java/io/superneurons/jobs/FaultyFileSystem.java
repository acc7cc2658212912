package io.superneurons.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local disks behind {@code faulty://RUN/}, where calls of that run go wrong as a test plans it.
 * Calls that a call makes itself are left out. An executor has the plan from Hadoop's settings.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "faulty";

  private static final String PLAN = "faulty.plan.";
  private static final Map<String, FaultyRun> RUNS = new ConcurrentHashMap<>();
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

  private static final URI NO_RUN = URI.create(SCHEME + ":///");

  private URI root;
  private FaultyRun run;

  /** What a call does, with what comes of it. */
  private interface Call<T> {
    T run() throws IOException;
  }

  /**
   * Plans a run; its driver is this JVM.
   *
   * @param conf of the Spark session
   */
  static FaultyRun plan(Configuration conf, String name, FaultPlan plan) {
    conf.set(PLAN + name, plan.toText());
    FaultyRun run = FaultyRun.ofDriver(plan);
    RUNS.put(name, run);
    return run;
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    root = URI.create(SCHEME + "://" + uri.getAuthority() + "/");
    String plan = conf.get(PLAN + uri.getAuthority(), "");
    run =
        RUNS.computeIfAbsent(uri.getAuthority(), name -> FaultyRun.ofExecutor(FaultPlan.of(plan)));
    super.initialize(uri, conf);
  }

  private <T> T faulty(FaultPlan.Step step, String what, T unsaid, Call<T> call)
      throws IOException {
    if (DEPTH.get() > 0) {
      return call.run();
    }
    DEPTH.set(1);
    try {
      FaultPlan.Fault fault = run.next(step, what);
      if (fault == FaultPlan.Fault.REFUSED) {
        throw new IOException("Refused: " + what);
      }
      if (fault == FaultPlan.Fault.FORGOTTEN && unsaid != null) {
        return unsaid;
      }
      T result = call.run();
      if (fault == FaultPlan.Fault.ANSWER_LOST) {
        throw new IOException("Answer lost: " + what);
      }
      return result;
    } finally {
      DEPTH.set(0);
    }
  }

  /** What a run does when it calls for a file; of a rename by where it comes from and goes to. */
  private static FaultPlan.Step step(Path from, Path to) {
    if (to.getName().startsWith("_lock")) {
      return FaultPlan.Step.LOCK;
    }
    if (isStaged(to)) {
      return FaultPlan.Step.STAGE;
    }
    if (isStaged(from)) {
      return FaultPlan.Step.COMMIT;
    }
    return to.getName().startsWith("_") ? FaultPlan.Step.MARK : FaultPlan.Step.RESUME;
  }

  private static boolean isStaged(Path path) {
    return path.toString().contains("/_temporary");
  }

  private static FaultPlan.Step step(Path path) {
    return step(path, path);
  }

  @Override
  public URI getUri() {
    return root == null ? NO_RUN : root; // the constructor of local disks asks already
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return faulty(step(path), "open " + path, null, () -> super.open(path, bufferSize));
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
        step(file),
        "create " + file,
        null,
        () ->
            new FSDataOutputStream(
                new Closing(
                    file,
                    super.create(file, overwrite, bufferSize, replication, blockSize, progress)),
                null));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return faulty(
        step(from, to), "rename " + from + " to " + to, true, () -> renamed(from, run.named(to)));
  }

  private boolean renamed(Path from, Path to) throws IOException {
    boolean renamed = super.rename(from, to);
    if (renamed && step(from, to) == FaultPlan.Step.COMMIT) {
      run.hasAppeared();
    } else if (renamed && to.getName().startsWith("task_")) {
      run.handedOver();
    }
    return renamed;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return faulty(step(path), "delete " + path, true, () -> super.delete(path, recursive));
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return faulty(step(path), "mkdirs " + path, null, () -> super.mkdirs(path));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return faulty(step(path), "mkdirs " + path, null, () -> super.mkdirs(path, permission));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    // the committer lists what Spark tasks handed over
    FaultPlan.Step step = isStaged(path) ? FaultPlan.Step.COMMIT : step(path);
    return faulty(step, "list " + path, null, () -> super.listStatus(path));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    boolean shown = path.getName().equals("_stop") && run.showsStop();
    return faulty(step(path), "look for " + path, null, () -> shown || super.exists(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return faulty(step(path), "look at " + path, null, () -> super.getFileStatus(path));
  }

  /** A file that may go wrong when it is closed. */
  private final class Closing extends FilterOutputStream {
    private final Path file;
    private boolean closed;

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
      if (closed) {
        return;
      }
      closed = true;
      faulty(
          step(file),
          "close " + file,
          null,
          () -> {
            super.close();
            return file;
          });
    }
  }

  /** Waits for something that another thread does. */
  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(4, TimeUnit.MINUTES)) {
        throw new IOException("Waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
