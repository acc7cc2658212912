package io.superneurons.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds in memory, as Linux counts it. Mapped weights are among the bytes of
 * files: the page cache has them once for all processes.
 *
 * @param residentBytes all of it
 * @param anonymousBytes what is backed by no file: Java's heap, libtorch's tensors, copies
 * @param fileBytes what is backed by files: mapped weights and libraries
 * @param peakResidentBytes the most that was resident at once since the process began
 */
public record ProcessMemory(
    long residentBytes, long anonymousBytes, long fileBytes, long peakResidentBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final ProcessMemory UNKNOWN = new ProcessMemory(0, 0, 0, 0);

  /** Now; zeros where the system is not Linux. */
  static ProcessMemory now() {
    try {
      String status = Files.readString(STATUS);
      return new ProcessMemory(
          bytes(status, "VmRSS:"),
          bytes(status, "RssAnon:"),
          bytes(status, "RssFile:"),
          bytes(status, "VmHWM:"));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Forgets the peak so far, where the system lets it. */
  public static void resetPeak() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    } catch (IOException e) {
      // The peak is then that of the whole process.
    }
  }

  /** The most that was resident since the peak was reset; 0 where the system is not Linux. */
  public static long peakBytes() {
    try {
      return bytes(Files.readString(STATUS), "VmHWM:");
    } catch (IOException e) {
      return 0;
    }
  }

  private static long bytes(String status, String key) {
    return status
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
        .findFirst()
        .orElse(0);
  }
}
