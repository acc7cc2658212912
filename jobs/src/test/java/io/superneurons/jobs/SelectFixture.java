package io.superneurons.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Activations with planted neurons, what selection must make of them, and runs of it. */
final class SelectFixture {
  private SelectFixture() {}

  /** The folder that {@code select_fixtures.py} wrote with pyarrow. */
  static Path activations() {
    return resource("activations");
  }

  /** What the same script expects of selection. */
  static JsonNode expected() throws IOException {
    return json("expected.json");
  }

  static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(Files.readString(resource(name)));
  }

  private static Path resource(String name) {
    try {
      return Path.of(SelectFixture.class.getResource("/select/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes changed rows as another folder of activations, with the same metadata. */
  static Path variant(Path folder, Dataset<Row> rows) throws IOException {
    rows.write().parquet(folder.toString());
    Files.copy(activations().resolve("_superneurons.json"), folder.resolve("_superneurons.json"));
    return folder;
  }

  static Dataset<Row> rows(SparkSession spark) {
    return spark.read().parquet(activations().toString());
  }

  /** Runs select as its command line does, within the session; returns what it printed. */
  static String select(SparkSession spark, Path activations, Path output, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--activations", activations.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    SelectOptions options = new SelectOptions();
    new CommandLine(new Parsed(options)).parseArgs(arguments.toArray(String[]::new));
    StringWriter printed = new StringWriter();
    OutputFolder folder =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(),
            output.toString(),
            OutputFolder.Existing.REFUSE);
    SelectOutput to = new SelectOutput(folder, new PrintWriter(printed));
    new SelectRun(spark, SelectSettings.of(options), to).run();
    return printed.toString();
  }

  @CommandLine.Command
  private record Parsed(@CommandLine.Mixin SelectOptions options) {}
}
