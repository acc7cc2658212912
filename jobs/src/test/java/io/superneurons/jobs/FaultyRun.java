package io.superneurons.jobs;

import io.superneurons.jobs.FaultPlan.Fault;
import io.superneurons.jobs.FaultPlan.Step;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

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
  private final List<String> story = new CopyOnWriteArrayList<>();
  private final Set<Step> struck = Collections.synchronizedSet(EnumSet.noneOf(Step.class));
  private volatile boolean stands;
  private volatile boolean dead;
  private volatile int stopShownUntil;

  private FaultyRun(FaultPlan plan, boolean isDriver) {
    this.plan = plan;
    this.isDriver = isDriver;
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
    Fault fault = planned.orElse(null);
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
      kill();
    }
    return fault;
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

  private static void kill() throws IOException {
    String killed = SparkEnv.get().conf().get(KILLED, "");
    if (!killed.isEmpty() && !SparkEnv.get().executorId().equals("driver")) {
      try {
        Files.createFile(Path.of(killed));
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
