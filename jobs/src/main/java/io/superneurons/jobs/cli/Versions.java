package io.superneurons.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Versions of what ran, for files that say how they were made. */
public final class Versions {
  private Versions() {}

  public static Map<String, String> ofThis() {
    Map<String, String> versions = new LinkedHashMap<>();
    String own = Versions.class.getPackage().getImplementationVersion();
    versions.put("superneurons", own == null ? "development" : own);
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
