package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and columns have the same names where people write numbers in other digits. */
class LocaleJobsTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  private final Locale own = Locale.getDefault();
  @TempDir private Path folder;

  @AfterEach
  void giveTheLocaleBack() {
    Locale.setDefault(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG-u-nu-arab", "bn-BD-u-nu-beng", "tr-TR"})
  void namesAreThoseOfEveryOtherMachine(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    ModelJobs jobs = ModelJobs.of(FIXTURE, folder);
    assertEquals(0, jobs.extract("out", "--layers", "0"));
    try (SparkSession spark = Sessions.open("read")) {
      List<String> columns =
          Arrays.asList(spark.read().parquet(folder.resolve("out").toString()).columns());
      assertTrue(
          columns.containsAll(List.of("l00_resid_post", "l00_attn_z", "l00_mlp_post")),
          columns.toString());
    }
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      List<String> names = files.map(f -> f.getFileName().toString()).toList();
      assertTrue(
          names.stream().anyMatch(n -> n.matches("part-00000-00000-[0-9a-f]{12}\\.parquet")),
          names.toString());
    }
  }
}
