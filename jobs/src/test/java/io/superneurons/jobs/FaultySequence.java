package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.FaultPlan.Fault;
import io.superneurons.jobs.FaultPlan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Runs on one folder, each taken up by the next, on a file system that goes wrong at random, with
 * input that changes between them; some lose the folder to a second driver while they stand still.
 * After each all is checked that {@link FaultyFolder} checks.
 */
final class FaultySequence {
  /** Calls in which a Spark task stages its files; those that make them appear are as many. */
  private static final int CALLS_OF_A_WRITER = 8;

  private final FaultyFolder folder;
  private final Random random;
  private int takeovers;

  /**
   * @param folder with an empty output folder
   * @param seed of all that happens
   */
  FaultySequence(FaultyFolder folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /**
   * A run of which an executor is killed while it stages files; all else is well, but for images
   * that come and go then.
   */
  FaultySequence killingAnExecutor() throws IOException, InterruptedException {
    folder.input().takeHalfAway();
    int call = random.nextInt(CALLS_OF_A_WRITER);
    FaultPlan.Planned killed = new FaultPlan.Planned(Step.STAGE, call, Fault.KILLED);
    assertNull(folder.alone(FaultPlan.NONE.with(killed)), folder::story);
    folder.input().bringAllBack();
    return this;
  }

  /** Some runs that faults happen to, then one that must do all that is left. */
  void run(int faultyRuns) throws IOException, InterruptedException {
    for (int i = 0; i < faultyRuns; i++) {
      if (i > 0) {
        change();
      }
      folder.input().setFlakyImage(random.nextBoolean());
      FaultPlan plan = FaultPlan.some(random);
      if (random.nextBoolean()) {
        contested(plan.with(pause()));
      } else {
        folder.alone(plan);
      }
    }
    folder.input().setFlakyImage(true);
    change();
    assertNull(folder.alone(FaultPlan.NONE), folder::story);
    RowsFound found = RowsFound.in(folder.output());
    for (String id : folder.input().questions().keySet()) {
      assertTrue(found.latest(id).orElseThrow().done(), () -> id + " failed: " + folder.story());
    }
  }

  private void change() throws IOException {
    folder.nextNight("input: " + folder.input().change(random));
  }

  /** Anywhere, and half of the times where it is worst: while files appear. */
  private FaultPlan.Planned pause() {
    FaultPlan.Planned anywhere = FaultPlan.one(random, Fault.PAUSED);
    return random.nextBoolean()
        ? anywhere
        : new FaultPlan.Planned(Step.COMMIT, random.nextInt(CALLS_OF_A_WRITER), Fault.PAUSED);
  }

  /** A run that stands still, and another one that takes the folder over meanwhile. */
  private void contested(FaultPlan plan) throws IOException, InterruptedException {
    FaultyFolder.Begun first = folder.begin(plan);
    first.untilItStands();
    if (first.hasEnded()) {
      folder.end(first);
    } else {
      folder.leave();
      takeovers++;
      takeOver(first);
    }
    folder.check(false);
    folder.leave();
  }

  private void takeOver(FaultyFolder.Begun first) throws IOException, InterruptedException {
    boolean held = Files.exists(folder.output().resolve("_lock")); // else it begins when it goes on
    boolean early = random.nextBoolean();
    FaultPlan.Planned wake = FaultPlan.one(random, Fault.SLOW);
    FaultPlan faults = random.nextBoolean() ? FaultPlan.NONE : FaultPlan.some(random);
    FaultyFolder.Begun second = folder.begin(faults);
    while (!second.hasEnded() && !(early && second.calls().calls(wake.step()) >= wake.call())) {
      Thread.sleep(1);
    }
    boolean hasEnded = second.hasEnded();
    List<Path> files = RowsFound.files(folder.output());
    folder.tell(first.name() + " goes on; " + second.name() + (hasEnded ? " has ended" : " works"));
    first.calls().goOn();
    folder.end(first);
    Exception end = folder.end(second);
    assertTrue(faults.faults().size() > 0 || isUndisturbed(end), folder::story);
    if (hasEnded && end == null && held) {
      assertEquals(files, RowsFound.files(folder.output()), folder::story);
    }
  }

  /**
   * A successor to which nothing happens does its work, whatever the run before it does when it
   * goes on. It may find that its input changed, or lose the lock if both took it at once.
   */
  private boolean isUndisturbed(Exception end) {
    return end == null
        || folder.isChangedRow(end)
        || end.getMessage().startsWith("Lost the lock")
        || end.getMessage().contains("let it end first")
        || end.getMessage().contains("Let it end first");
  }

  /** How many runs have lost the folder to another one, or would have. */
  int takeovers() {
    return takeovers;
  }
}
