package io.superneurons.jobs;

import java.util.LinkedHashMap;
import java.util.Map;

/** What ran, for files that say how they were made. */
final class Versions {
  private Versions() {}

  static Map<String, String> ofThis() {
    Map<String, String> versions = new LinkedHashMap<>();
    String own = Versions.class.getPackage().getImplementationVersion();
    versions.put("superneurons", own == null ? "development" : own);
    versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("java", Runtime.version().toString());
    return versions;
  }
}
