package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.OutputFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second run out of an output folder. Its owner renews it as long as it runs. A lock that
 * is not renewed, or whose process is gone from this host, was left by a run that was killed, and
 * is taken over. Where the owner ran on another host, such as a pod that was killed and replaced by
 * the run that asks, that run waits until the lock is renewed or too old. It looks at the lock for
 * some time even where that is old already, since clocks may differ, or jump.
 */
public final class RunLock implements AutoCloseable {
  /** Its name in the output folder. */
  public static final String FILE_NAME = "_lock";

  /** A lock that was not renewed for this long was left by a run that is dead. */
  static final Duration STALE = Duration.ofMinutes(2);

  private static final Duration RENEW = Duration.ofSeconds(15);

  /** Within this time a run that lives renews its lock, whatever its clock says. */
  private static final Duration WATCH = RENEW.multipliedBy(2).plusSeconds(5);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A store that cannot replace a file at once shows none, or part of one, for a moment. */
  private static final int READS = 5;

  /** What Linux says of it. */
  private static final String READ_ONLY = "Read-only file system";

  private static final Duration REREAD = Duration.ofMillis(200);
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  private final OutputFolder output;
  private final LockFile file;
  private final Duration watch;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "renew-lock");
            thread.setDaemon(true);
            return thread;
          });

  private volatile LockOwner self = LockOwner.self(Instant.now());
  private Instant acquired;

  private RunLock(OutputFolder output, Duration watch) {
    this.output = output;
    this.watch = watch;
    this.file = new LockFile(output.fileSystem(), new Path(output.path(), FILE_NAME));
  }

  /**
   * Locks a folder, and makes it if it is missing. Waits for {@link #WATCH}, or up to {@link
   * #STALE}, where only time can show whether the run that has locked it is alive.
   *
   * @throws ConfigurationException if a run that is alive has locked it, or it may not be written
   */
  public static RunLock acquire(OutputFolder output) throws IOException {
    return acquire(output, WATCH);
  }

  /**
   * The same.
   *
   * @param watch how long at least a lock is looked at that only time can show to be left
   */
  static RunLock acquire(OutputFolder output, Duration watch) throws IOException {
    RunLock lock = new RunLock(output, watch);
    if (!output.fileSystem().mkdirs(output.path())) {
      throw cannotWrite(output, "the folder cannot be made", null);
    }
    try {
      if (!lock.file.create(lock.self.toJson())) {
        lock.takeOver();
      }
    } catch (AccessDeniedException e) {
      throw cannotWrite(output, "it may not be written", e);
    } catch (FileSystemException e) {
      if (READ_ONLY.equals(e.getReason())) {
        throw cannotWrite(output, "it is on a read-only file system", e);
      }
      throw e;
    }
    lock.acquired = lock.file.written();
    lock.renewal.scheduleWithFixedDelay(
        lock::renew, RENEW.toSeconds(), RENEW.toSeconds(), TimeUnit.SECONDS);
    return lock;
  }

  /**
   * Checks that no run that is alive has locked a folder that is only read.
   *
   * @param shown what the user calls the folder
   * @throws ConfigurationException naming the run
   */
  static void requireLeft(FileSystem files, Path folder, String shown) throws IOException {
    LockFile file = new LockFile(files, new Path(folder, FILE_NAME));
    Optional<LockOwner> owner = file.read().flatMap(LockOwner::fromJson);
    if (owner.isPresent() && owner.get().mayLive(LockOwner.self(Instant.now()), STALE)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "%s is being written by %s. Let it end first", shown, owner.get()));
    }
  }

  private static ConfigurationException cannotWrite(
      OutputFolder output, String why, IOException cause) {
    return new ConfigurationException(
        String.format(Locale.ROOT, "Cannot write output %s: %s; choose another", output, why),
        cause);
  }

  private void takeOver() throws IOException {
    Optional<LockOwner> owner = owner();
    LockOwner.Life life = owner.map(o -> o.life(self, STALE)).orElse(LockOwner.Life.GONE);
    boolean gone =
        switch (life) {
          case GONE -> true;
          case LIVES -> false;
          case UNSEEN -> lapses(owner.get());
        };
    if (!gone) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Output %s is in use by %s. Let it end first",
              output,
              owner().map(LockOwner::toString).orElse("another run")));
    }
    requireSame(owner);
    LOG.warn("Taking over {} from a run that is gone: {}", file, owner.orElse(null));
    owner.ifPresent(o -> self = self.after(o));
    file.delete();
    if (!file.create(self.toJson())) {
      throw lockedJustNow();
    }
  }

  /** Another run that waited may have taken it over first. */
  private void requireSame(Optional<LockOwner> gone) throws IOException {
    Optional<LockOwner> now = owner();
    if (now.isPresent() && !now.equals(gone)) {
      throw lockedJustNow();
    }
  }

  private ConfigurationException lockedJustNow() {
    return new ConfigurationException(
        "Output " + output + " was locked by another run just now; let it end first");
  }

  /**
   * Waits; true if the lock is removed or stays as it is, false if it is renewed. It gets old by
   * this process's count of the time that passes, which no jump of a clock changes.
   */
  private boolean lapses(LockOwner owner) throws IOException {
    Duration left = patience(owner.renewed(), self.started(), watch);
    LOG.warn(
        "Output {} is locked by {}. Waiting for at most {} s: if it lives, it renews its lock"
            + " every {} s",
        output,
        owner,
        left.toSeconds(),
        RENEW.toSeconds());
    long end = System.nanoTime() + left.toNanos();
    Optional<LockOwner> now = Optional.of(owner);
    while (now.filter(owner::equals).isPresent() && System.nanoTime() - end < 0) {
      pause(LOOK.compareTo(watch) < 0 ? LOOK : watch);
      now = owner();
    }
    return now.isEmpty() || now.get().equals(owner);
  }

  /**
   * How long a lock is to stay as it is until its owner counts as dead: until it is stale by the
   * clocks, but no longer than it takes a lock to become so, whatever these say.
   *
   * @param watch how long at least
   */
  static Duration patience(Instant renewed, Instant now, Duration watch) {
    Duration untilStale = Duration.between(now, renewed.plus(STALE));
    Duration most = untilStale.compareTo(STALE) < 0 ? untilStale : STALE;
    return most.compareTo(watch) < 0 ? watch : most;
  }

  private static void pause(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a lock");
    }
  }

  /**
   * The owner that the file names; empty if there is no file. One that cannot be read was left half
   * written: its age decides.
   */
  private Optional<LockOwner> owner() throws IOException {
    Optional<LockOwner> owner = read();
    if (owner.isPresent()) {
      return owner;
    }
    try {
      return Optional.of(LockOwner.unknown(file.written()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * The owner as the file has it; looks a few times where there is no file or half of one, which
   * some stores show while it is being replaced.
   */
  private Optional<LockOwner> read() throws IOException {
    Optional<LockOwner> owner = file.read().flatMap(LockOwner::fromJson);
    for (int reads = 1; owner.isEmpty() && reads < READS; reads++) {
      pause(REREAD);
      owner = file.read().flatMap(LockOwner::fromJson);
    }
    return owner;
  }

  /** Shows that this run lives. Never while this process looks at the file. */
  synchronized void renew() {
    try {
      requireHeld();
      file.replace(self.renewed(Instant.now()).toJson());
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot renew {}", file, e); // every commit checks again that it is held
    }
  }

  /**
   * Checks that the lock is still this run's; before anything is committed.
   *
   * @throws IllegalStateException if another run has it
   */
  public synchronized void requireHeld() throws IOException {
    Optional<LockOwner> owner = read();
    if (owner.isEmpty() || !owner.get().run().equals(self.run())) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Lost the lock of output %s to %s; nothing more is committed",
              output,
              owner.map(LockOwner::toString).orElse("somebody who removed it")));
    }
  }

  /** When the lock was made, by the clock of its file system. */
  public Instant acquired() {
    return acquired;
  }

  /** Names this run, as no other; twelve letters and digits. */
  public String run() {
    return shortened(self.run());
  }

  private static String shortened(String run) {
    String letters = run.replace("-", "");
    return letters.substring(0, Math.min(12, letters.length()));
  }

  /** Runs that lost the folder to this one, by the names that {@link #run} has there. */
  List<String> lost() {
    return self.lost().stream().map(RunLock::shortened).toList();
  }

  /** Lets others in. */
  @Override
  public void close() throws IOException {
    renewal.shutdown();
    try {
      if (!renewal.awaitTermination(RENEW.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("{} is still being renewed", file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (read().filter(owner -> owner.run().equals(self.run())).isPresent()) {
      file.delete();
    }
  }
}
