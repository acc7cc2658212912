package io.superneurons.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The run that holds a folder's lock; what the lock file says.
 *
 * @param run an id that no other run has
 * @param host the driver's host
 * @param user who started the run
 * @param pid the driver's process on its host
 * @param processStarted when that process started, since a later one may get the same number
 * @param pidNamespace the container or host where that number is valid; empty where it is not known
 * @param started when the run started
 * @param renewed when it last renewed its lock
 * @param lost ids of runs that lost the folder to it, or to one that lost it to this one, the last
 *     of them first: a run that took the folder over may itself be gone before it did anything
 */
public record LockOwner(
    String run,
    String host,
    String user,
    long pid,
    String processStarted,
    String pidNamespace,
    Instant started,
    Instant renewed,
    List<String> lost) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of so many runs, killed one after another at their start, the first may be forgotten. */
  private static final int MOST_LOST = 16;

  public LockOwner {
    lost = List.copyOf(lost);
  }

  /** This process, for a new run. */
  public static LockOwner self(Instant now) {
    ProcessHandle process = ProcessHandle.current();
    return new LockOwner(
        UUID.randomUUID().toString(),
        hostName(),
        System.getProperty("user.name", ""),
        process.pid(),
        startOf(process),
        namespace(),
        now,
        now,
        List.of());
  }

  /** An owner of which only the time of its last sign is known. */
  static LockOwner unknown(Instant written) {
    return new LockOwner("", "", "", 0, "", "", written, written, List.of());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /** Containers on one host may have the same host name, but each numbers its own processes. */
  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  LockOwner renewed(Instant now) {
    return new LockOwner(run, host, user, pid, processStarted, pidNamespace, started, now, lost);
  }

  /** The same run, which takes the folder from another one. */
  LockOwner after(LockOwner gone) {
    List<String> all =
        Stream.concat(Stream.of(gone.run), gone.lost.stream())
            .filter(id -> !id.isEmpty())
            .limit(MOST_LOST)
            .toList();
    return new LockOwner(run, host, user, pid, processStarted, pidNamespace, started, renewed, all);
  }

  /** What one run knows of another. */
  enum Life {
    /** Its process runs on this host. */
    LIVES,
    /** Its process is gone from this host. */
    GONE,
    /**
     * It runs elsewhere, or it runs here and should have renewed its lock by now; only a renewed
     * lock would show that it is alive.
     */
    UNSEEN
  }

  /**
   * Whether the owner is alive. Of a process of this host its number tells. All else is for the
   * lock to show, and not for its time alone: the clock that wrote it may be another one, or have
   * been put forward since.
   *
   * @param self the run that asks; it sees the processes of its own host
   * @param stale how old the last renewal of a living run's lock may be
   */
  Life life(LockOwner self, Duration stale) {
    if (!host.equals(self.host)
        || pidNamespace.isEmpty()
        || !pidNamespace.equals(self.pidNamespace)) {
      return Life.UNSEEN;
    }
    boolean there = ProcessHandle.of(pid).map(p -> startOf(p).equals(processStarted)).orElse(false);
    if (!there) {
      return Life.GONE;
    }
    boolean isStale = Duration.between(renewed, self.started).compareTo(stale) > 0;
    return isStale ? Life.UNSEEN : Life.LIVES;
  }

  /** Whether one look finds nothing against its being alive: a lock that time may tell is held. */
  boolean mayLive(LockOwner self, Duration stale) {
    return switch (life(self, stale)) {
      case LIVES -> true;
      case GONE -> false;
      case UNSEEN -> Duration.between(renewed, self.started).compareTo(stale) <= 0;
    };
  }

  public String toJson() {
    ObjectNode root =
        JSON.createObjectNode()
            .put("run", run)
            .put("host", host)
            .put("user", user)
            .put("pid", pid)
            .put("process_started", processStarted)
            .put("pid_namespace", pidNamespace)
            .put("started", started.toString())
            .put("renewed", renewed.toString());
    lost.forEach(root.putArray("lost")::add);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@link #toJson()}; empty if the text is anything else, such as the first half of it. */
  static Optional<LockOwner> fromJson(String json) {
    try {
      JsonNode root = JSON.readTree(json);
      List<String> lost = new ArrayList<>();
      root.path("lost").forEach(id -> lost.add(id.asText()));
      return Optional.of(
          new LockOwner(
              root.path("run").asText(),
              root.path("host").asText(),
              root.path("user").asText(),
              root.path("pid").asLong(),
              root.path("process_started").asText(),
              root.path("pid_namespace").asText(),
              Instant.parse(root.path("started").asText()),
              Instant.parse(root.path("renewed").asText()),
              lost));
    } catch (JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    return run.isEmpty()
        ? "an unknown run, last seen " + renewed
        : String.format(
            Locale.ROOT,
            "a run of %s on %s, process %d, started %s, last seen %s",
            user,
            host,
            pid,
            started,
            renewed);
  }
}
