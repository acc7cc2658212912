package io.superneurons.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Versions of what ran, for files that say how they were made. */
public final class Versions {
  private Versions() {}

  public static Map<String, String> ofThis() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("superneurons", own());
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  /** That of the pom, which the build writes into a file. */
  private static String own() {
    try (InputStream in = Versions.class.getResourceAsStream("version.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the version", e);
    }
  }
}
