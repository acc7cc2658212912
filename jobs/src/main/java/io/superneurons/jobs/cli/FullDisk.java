package io.superneurons.jobs.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a full disk among the causes of a failure, where Parquet and Spark bury it below messages
 * of their own.
 */
final class FullDisk {
  private static final List<String> SIGNS = List.of("No space left on device", "quota exceeded");

  private FullDisk() {}

  /**
   * What to say of a failure that a full disk caused.
   *
   * @param output what the command writes, or null
   */
  static Optional<String> told(Throwable failure, String output) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return sign(failure, seen)
        .map(
            sign ->
                "a disk is full ("
                    + sign
                    + "): "
                    + String.join(", ", free(output))
                    + "; make room and run again (what is committed is kept)");
  }

  private static Optional<String> sign(Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return Optional.empty();
    }
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    Optional<String> own = SIGNS.stream().filter(message::contains).findFirst();
    Optional<String> below = own.or(() -> sign(failure.getCause(), seen));
    return below.or(
        () ->
            Arrays.stream(failure.getSuppressed())
                .flatMap(suppressed -> sign(suppressed, seen).stream())
                .findFirst());
  }

  /** What is free where this host is written to: the output, if it is local, and scratch space. */
  private static List<String> free(String output) {
    Set<String> places = new LinkedHashSet<>();
    if (output != null) {
      places.add(output.replaceFirst("^file:/+", "/"));
    }
    String scratch = System.getenv("SPARK_LOCAL_DIRS");
    scratch = scratch == null ? System.getProperty("spark.local.dir") : scratch;
    places.addAll(
        List.of((scratch == null ? System.getProperty("java.io.tmpdir") : scratch).split(",")));
    List<String> told = new ArrayList<>();
    for (String place : places) {
      File there = existing(new File(place).getAbsoluteFile());
      boolean isRemote = place.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*");
      told.add(
          isRemote
              ? "the output is " + place
              : String.format(
                  Locale.ROOT, "%,d bytes are free at %s", there.getUsableSpace(), place));
    }
    return told;
  }

  /** The file, or the nearest folder above it that is there. */
  private static File existing(File file) {
    File found = file;
    while (!found.exists() && found.getParentFile() != null) {
      found = found.getParentFile();
    }
    return found;
  }
}
