package io.superneurons.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs extract and label on a fixture as a user submits them.
 *
 * @param fixture whose images and questions are used
 * @param checkpoint of the model
 * @param folder where manifests and outputs go
 */
public record ModelJobs(Fixture fixture, Path checkpoint, Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** On the fixture's own checkpoint. */
  static ModelJobs of(Fixture fixture, Path folder) {
    return new ModelJobs(fixture, fixture.folder().resolve("checkpoint"), folder);
  }

  /** Extracts the fixture's cases in float32. */
  int extract(String output, String... more) throws IOException {
    return run(new ExtractJob(), output, List.of("--dtype", "float32"), more);
  }

  /** Labels the fixture's cases. */
  int label(Path superNeurons, String output, String... more) throws IOException {
    return run(new LabelJob(), output, List.of("--superneurons", superNeurons.toString()), more);
  }

  private int run(Callable<Integer> job, String output, List<String> own, String... more)
      throws IOException {
    Path manifest = folder.resolve("manifest.jsonl");
    Files.write(manifest, fixture.cases().stream().map(ModelJobs::line).toList());
    List<String> args =
        new ArrayList<>(
            List.of(
                "--model",
                checkpoint.toString(),
                "--input",
                manifest.toString(),
                "--image-roots",
                fixture.folder().toAbsolutePath().toString(),
                "--output",
                folder.resolve(output).toString()));
    args.addAll(own);
    args.addAll(List.of(more));
    return JobMain.run(job, args.toArray(String[]::new));
  }

  private static String line(Fixture.Case c) {
    ObjectNode row = JSON.createObjectNode().put("id", id(c)).put("question", c.question());
    JsonNode whole = row.put("image", c.image().toAbsolutePath().toString());
    return whole.toString();
  }

  /** A case's id in the manifest. */
  static String id(Fixture.Case c) {
    return "case" + c.index();
  }

  /** What extract recorded of a run. */
  ActivationsMetadata metadata(String output) throws IOException {
    Path file = folder.resolve(output).resolve(ActivationsMetadata.FILE_NAME);
    return ActivationsMetadata.fromJson(Files.readString(file), file.toString());
  }

  /** The rows of a run by their ids. */
  Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byId = new LinkedHashMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        byId.put(row.getString(0), row);
      }
    }
    return byId;
  }

  /** A vector that was stored in float32. */
  public static float[] vector(Row row, LayerSite column) {
    return new ActivationCodec(StoreDType.FLOAT32).decode(row.getAs(column.column()));
  }
}
