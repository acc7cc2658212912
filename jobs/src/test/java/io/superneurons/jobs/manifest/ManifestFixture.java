package io.superneurons.jobs.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.source.InputOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** What tests of manifests have in common. */
final class ManifestFixture {
  private ManifestFixture() {}

  /** Requires that embedded images are found again; reading checks that they are the same. */
  static void requireReadAgain(SparkSession spark, Manifest manifest, List<ManifestRow> rows)
      throws IOException {
    try (EmbeddedImages.Reader images =
        manifest.embedded().open(spark.sparkContext().hadoopConfiguration())) {
      for (ManifestRow row : rows) {
        ManifestRow filled = images.filled(row);
        assertEquals(row.embedded() != null, filled.embedded() != null);
        assertTrue(filled.embedded() == null || filled.embedded().bytes().length > 0);
      }
    }
  }

  static InputOptions arguments(String... arguments) {
    InputOptions parsed = new InputOptions();
    new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return parsed;
  }

  static List<ManifestRow> rows(Manifest manifest) {
    return manifest.rows().collectAsList().stream().map(ManifestRow::of).toList();
  }

  /** What is wrong with rows. */
  static Set<String> problems(List<ManifestRow> rows) {
    return rows.stream()
        .filter(row -> row.problem() != null)
        .map(row -> row.problem().detail())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Set<String> images(List<ManifestRow> rows) {
    return rows.stream().map(ManifestRow::image).collect(Collectors.toSet());
  }

  static Set<String> ids(List<ManifestRow> rows) {
    return rows.stream().map(ManifestRow::id).collect(Collectors.toSet());
  }

  /** A line of JSON. */
  static String row(String id, String image) {
    return String.format(
        Locale.ROOT, "{\"id\": \"%s\", \"image\": \"%s\", \"question\": \"Is it?\"}", id, image);
  }
}
