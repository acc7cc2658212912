package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.OutputFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir private Path folder;
  private final LockOwner alive = LockOwner.self(Instant.now());
  private OutputFolder output;
  private Path file;

  @BeforeEach
  void find() {
    Path path = folder.resolve("out");
    output = OutputFolder.check(new Configuration(false), path.toString(), Existing.RESUME);
    file = path.resolve(RunLock.FILE_NAME);
  }

  @Test
  void aSecondRunIsRefusedUntilTheFirstEnds() throws IOException {
    try (RunLock first = RunLock.acquire(output)) {
      first.requireHeld();
      String message = assertRefused();
      assertTrue(message.contains("is in use by a run of"), message);
      assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
    }
    assertFalse(Files.exists(file));
    RunLock.acquire(output).close();
  }

  /** Linux makes no folder there, for whom it may be. */
  @Test
  void aPlaceWhereNoFolderCanBeMadeIsRefused() {
    output = OutputFolder.check(new Configuration(false), "/proc/none/out", Existing.RESUME);
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> RunLock.acquire(output));
    assertEquals(
        "Cannot write output file:/proc/none/out: the folder cannot be made; choose another",
        refused.getMessage());
  }

  /** A run that took the folder over may be killed before it did anything. */
  @Test
  void allRunsThatLostTheFolderOneAfterAnotherAreKnown() throws IOException {
    LockOwner first = ofOtherProcess(alive.host(), alive.pidNamespace());
    write(LockOwner.fromJson(first.after(alive).toJson()).orElseThrow().toJson());
    try (RunLock lock = RunLock.acquire(output)) {
      lock.renew();
      assertEquals(List.of("other", alive.run().replace("-", "").substring(0, 12)), lock.lost());
    }
  }

  @Test
  void aRunThatWasNotSeenForLongIsDeadWhereItsLockStaysAsItIs() throws IOException {
    write(alive.renewed(Instant.now().minus(RunLock.STALE).minusSeconds(1)).toJson());
    RunLock.acquire(output, SHORT).close();
    write(alive.renewed(Instant.now().minus(RunLock.STALE).plusSeconds(60)).toJson());
    assertRefused();
  }

  /** Clocks that are an hour apart, or were put an hour forward or back since it was renewed. */
  @Test
  void noClockMakesALivingRunDead() throws Exception {
    for (Duration jump : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
      Instant then = Instant.now().plus(jump);
      assertLives(ofOtherProcess("elsewhere", alive.pidNamespace()).renewed(then));
    }
    assertLives(alive.renewed(Instant.now().minus(Duration.ofHours(1))));
    write(alive.renewed(Instant.now().plus(Duration.ofHours(1))).toJson());
    assertRefused();
  }

  /** Whatever a clock says, nobody waits for longer than a lock lapses. */
  @Test
  void aLockIsWaitedForByTheTimeThatPasses() {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    Duration watch = Duration.ofSeconds(35);
    assertEquals(watch, RunLock.patience(now.minus(Duration.ofHours(1)), now, watch));
    assertEquals(watch, RunLock.patience(now.minusSeconds(100), now, watch));
    assertEquals(Duration.ofSeconds(80), RunLock.patience(now.minusSeconds(40), now, watch));
    assertEquals(RunLock.STALE, RunLock.patience(now, now, watch));
    assertEquals(RunLock.STALE, RunLock.patience(now.plus(Duration.ofHours(1)), now, watch));
  }

  @Test
  void aProcessThatIsGoneFromThisHostIsDead() throws IOException {
    write(ofOtherProcess(alive.host(), alive.pidNamespace()).toJson());
    RunLock.acquire(output).close();
  }

  @Test
  void aRunOnAnotherHostIsWaitedForUntilItsLockLapses() throws IOException {
    Instant nearlyStale = Instant.now().minus(RunLock.STALE).plusSeconds(2);
    for (LockOwner unseen :
        List.of(
            ofOtherProcess("elsewhere", alive.pidNamespace()),
            ofOtherProcess(alive.host(), "pid:[1]"))) {
      write(unseen.renewed(nearlyStale).toJson());
      try (RunLock lock = RunLock.acquire(output, SHORT)) {
        lock.requireHeld();
      }
      assertTrue(Instant.now().isAfter(nearlyStale.plus(RunLock.STALE)), "not before it lapsed");
    }
  }

  @Test
  void aRunOnAnotherHostThatRenewsItsLockLives() throws Exception {
    LockOwner other = ofOtherProcess("elsewhere", alive.pidNamespace());
    String message = assertLives(other);
    assertTrue(message.contains("on elsewhere"), message);
  }

  /** Its lock is renewed while another run looks at it, which is refused. */
  private String assertLives(LockOwner other) throws Exception {
    write(other.toJson());
    CompletableFuture<ConfigurationException> refused =
        CompletableFuture.supplyAsync(
            () -> assertThrows(ConfigurationException.class, () -> RunLock.acquire(output)));
    LockFile lock = new LockFile(output.fileSystem(), new org.apache.hadoop.fs.Path(file.toUri()));
    Instant seen = other.renewed();
    while (!refused.isDone()) {
      seen = seen.plusSeconds(15);
      lock.replace(other.renewed(seen).toJson());
      Thread.sleep(100);
    }
    String message = refused.get().getMessage();
    assertTrue(message.contains("is in use by a run of"), message);
    assertEquals(other.renewed(seen).toJson(), Files.readString(file), "it is not touched");
    return message;
  }

  @Test
  void aRunOnAnotherHostThatEndsMakesRoom() throws Exception {
    write(ofOtherProcess("elsewhere", "").toJson());
    CompletableFuture<Void> next =
        CompletableFuture.runAsync(() -> assertDoesNotThrow(() -> RunLock.acquire(output).close()));
    Files.delete(file);
    next.get();
  }

  /** Its number is that of a process that lives, but which started at another time. */
  private LockOwner ofOtherProcess(String host, String namespace) {
    return new LockOwner(
        "other",
        host,
        alive.user(),
        alive.pid(),
        "at another time",
        namespace,
        alive.started(),
        alive.renewed(),
        List.of());
  }

  @Test
  void halfALockLapsesByItsAge() throws IOException {
    write(alive.toJson().substring(0, 20));
    Instant nearlyStale = Instant.now().minus(RunLock.STALE).plusSeconds(2);
    Files.setLastModifiedTime(file, FileTime.from(nearlyStale));
    RunLock.acquire(output, SHORT).close();
    assertTrue(Instant.now().isAfter(nearlyStale.plus(RunLock.STALE)), "not before it lapsed");
  }

  @Test
  void aRunThatLostItsLockCommitsNothing() throws IOException {
    LockOwner other = ofOtherProcess("elsewhere", "");
    try (RunLock lock = RunLock.acquire(output)) {
      write(other.toJson());
      IllegalStateException lost = assertThrows(IllegalStateException.class, lock::requireHeld);
      assertTrue(lost.getMessage().contains("elsewhere"), lost.getMessage());
    }
    assertEquals(other.toJson(), Files.readString(file), "the other's lock stays");
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String assertRefused() throws IOException {
    String before = Files.readString(file);
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> RunLock.acquire(output));
    assertEquals(before, Files.readString(file), "it is not touched");
    return refused.getMessage();
  }

  @Test
  void aLockThatIsBeingReplacedIsNotLost() throws Exception {
    try (RunLock lock = RunLock.acquire(output)) {
      String whole = Files.readString(file);
      for (String part : List.of("", whole.substring(0, 20))) {
        write(part);
        CompletableFuture<Void> look =
            CompletableFuture.runAsync(() -> assertDoesNotThrow(lock::requireHeld));
        Thread.sleep(100);
        Path next = folder.resolve("next");
        Files.writeString(next, whole);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        look.get();
      }
    }
  }

  @Test
  void aLockIsRenewedWhereAStoreTruncatesWhatItReplaces() throws Exception {
    Configuration conf = new Configuration(false);
    conf.set("fs.slow.impl", SlowFileSystem.class.getName());
    OutputFolder slow = OutputFolder.check(conf, "slow:" + folder.resolve("slow"), Existing.RESUME);
    try (RunLock lock = RunLock.acquire(slow)) {
      CompletableFuture<Void> renewal = CompletableFuture.runAsync(lock::renew);
      while (!renewal.isDone()) {
        lock.requireHeld();
      }
      renewal.get();
    }
  }

  @Test
  void aLockOnAMountedFileSystemIsRenewed() throws IOException {
    Configuration conf = new Configuration();
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    conf.set("fs.viewfs.mounttable.c.link./data", mounted.toUri().toString());
    OutputFolder there = OutputFolder.check(conf, "viewfs://c/data/out", Existing.RESUME);
    Path locked = mounted.resolve("out/" + RunLock.FILE_NAME);
    try (RunLock lock = RunLock.acquire(there)) {
      String before = Files.readString(locked);
      lock.renew();
      assertNotEquals(before, Files.readString(locked));
      lock.requireHeld();
    }
    assertFalse(Files.exists(locked));
  }

  /** Local disks behind {@code slow:}, where a file that is replaced is empty for two seconds. */
  public static final class SlowFileSystem extends RawLocalFileSystem {
    private boolean made;

    @Override
    public URI getUri() {
      return URI.create("slow:///");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      FSDataOutputStream out =
          super.create(path, overwrite, bufferSize, replication, blockSize, progress);
      if (made) {
        LockSupport.parkNanos(2_000_000_000L);
      }
      made = true;
      return out;
    }
  }
}
