package io.superneurons.jobs;

import io.superneurons.jobs.FaultPlan.Aimed;
import io.superneurons.jobs.FaultPlan.Fault;
import io.superneurons.jobs.FaultPlan.Step;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.shuffle.FetchFailedException;

/** One run's calls to its file system from this JVM. */
final class FaultyRun {
  /** Spark's setting of a file that says that an executor was killed already. */
  static final String KILLED = "spark.faulty.killed";

  private static final int CALLS_OF_A_STOP = 40;

  private final FaultPlan plan;
  private final boolean isDriver;
  private final Map<Step, AtomicInteger> calls = new EnumMap<>(Step.class);
  private final AtomicInteger allCalls = new AtomicInteger();
  private final CountDownLatch standing = new CountDownLatch(1);
  private final CountDownLatch goingOn = new CountDownLatch(1);
  private final Set<Aimed> aimed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger handedOver = new AtomicInteger();
  private final AtomicInteger appeared = new AtomicInteger();
  private final AtomicBoolean misnames = new AtomicBoolean();
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final Set<Step> struck = Collections.synchronizedSet(EnumSet.noneOf(Step.class));
  private volatile boolean stands;
  private volatile boolean dead;
  private volatile int stopShownUntil;

  private FaultyRun(FaultPlan plan, boolean isDriver) {
    this.plan = plan;
    this.isDriver = isDriver;
    aimed.addAll(plan.aimed());
    for (Step step : Step.values()) {
      calls.put(step, new AtomicInteger());
    }
  }

  static FaultyRun ofDriver(FaultPlan plan) {
    return new FaultyRun(plan, true);
  }

  static FaultyRun ofExecutor(FaultPlan plan) {
    return new FaultyRun(plan, false);
  }

  /**
   * What is to become of the next call.
   *
   * @return null if nothing goes wrong
   */
  Fault next(Step step, String what) throws IOException {
    int all = allCalls.getAndIncrement();
    int number = calls.get(step).getAndIncrement();
    Optional<Fault> planned =
        plan.faults().stream()
            .filter(fault -> fault.step() == step && fault.call() == number)
            .map(FaultPlan.Planned::fault)
            .findFirst();
    if (planned.isPresent()) {
      struck.add(step);
    }
    planned.ifPresent(fault -> story.add(fault + " at " + step + " " + number + ": " + what));
    Fault fault = planned.or(() -> aimedAt(what)).orElse(null);
    standStill(fault);
    if (dead || fault == Fault.GONE) {
      dead = true;
      throw new IOException("The file system is gone: " + what);
    }
    if (fault == Fault.STOP_SHOWN) {
      stopShownUntil = all + CALLS_OF_A_STOP;
    } else if (fault == Fault.SLOW) {
      pause();
    } else if (fault == Fault.KILLED) {
      kill(what);
    } else if (fault == Fault.MISNAMED) {
      misnames.set(true);
    } else if (fault == Fault.COMPUTED_ANEW) {
      loseWhatIsComputed(what);
    }
    return fault;
  }

  private Optional<Fault> aimedAt(String what) {
    for (Aimed one : aimed) {
      if (one.moment().isAt(what, handedOver.get(), appeared.get()) && aimed.remove(one)) {
        story.add(one.fault() + " as it " + one.moment() + ": " + what);
        return Optional.of(one.fault());
      }
    }
    return Optional.empty();
  }

  /** Once another writer of the wave has handed over its file. */
  private void loseWhatIsComputed(String what) throws IOException {
    while (handedOver.get() == 0) {
      pause();
    }
    FaultyInput.swapImages(folder(what));
    MapOutputTrackerMaster outputs = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    int latest = -1;
    for (scala.collection.Iterator<Object> ids = outputs.shuffleStatuses().keysIterator();
        ids.hasNext(); ) {
      latest = Math.max(latest, (Integer) ids.next());
    }
    outputs.unregisterAllMapAndMergeOutput(latest);
    throw new IOException(
        new FetchFailedException(null, latest, -1, -1, 0, "What was computed is gone", null));
  }

  /** Where a file goes. */
  Path named(Path to) {
    String misnamed = to.getName().replaceFirst("\\w{12}(?=\\.parquet$)", "0".repeat(12));
    return misnames.getAndSet(false) ? new Path(to.getParent(), misnamed) : to;
  }

  /** A Spark task handed over its files. */
  void handedOver() {
    handedOver.incrementAndGet();
  }

  /** A file, or a folder of files, got its place. */
  void hasAppeared() {
    appeared.incrementAndGet();
  }

  /** How many files, or folders of files, got their places. */
  int appeared() {
    return appeared.get();
  }

  /** Of a run that stands still its driver's threads all do. */
  private void standStill(Fault fault) throws IOException {
    boolean ofDriver = isDriver && TaskContext.get() == null;
    if (fault == Fault.PAUSED && ofDriver) {
      stands = true;
      standing.countDown();
    }
    if (stands && ofDriver) {
      FaultyFileSystem.await(goingOn);
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

  /** The folder of the input and the output, by the name of a file in the output folder. */
  private static java.nio.file.Path folder(String what) {
    return java.nio.file.Path.of(what.replaceFirst("^[^:]*://[^/]*(/.*?)/out/.*$", "$1"));
  }

  private static void kill(String what) throws IOException {
    String killed = SparkEnv.get().conf().get(KILLED, "");
    if (!killed.isEmpty() && !SparkEnv.get().executorId().equals("driver")) {
      try {
        Files.createFile(java.nio.file.Path.of(killed));
        FaultyInput.swapImages(folder(what));
        Runtime.getRuntime().halt(137);
      } catch (FileAlreadyExistsException e) {
        return; // once is enough
      }
    }
  }

  boolean showsStop() {
    return allCalls.get() < stopShownUntil;
  }

  /** Whether the driver stands still; waits for it for some time. */
  boolean standsWithin(long milliseconds) throws InterruptedException {
    return standing.await(milliseconds, TimeUnit.MILLISECONDS);
  }

  void goOn() {
    stands = false;
    goingOn.countDown();
  }

  /** Calls of a step so far. */
  int calls(Step step) {
    return calls.get(step).get();
  }

  /** Steps at which something went wrong. */
  Set<Step> struck() {
    return struck;
  }

  /** What went wrong. */
  List<String> story() {
    return List.copyOf(story);
  }
}
