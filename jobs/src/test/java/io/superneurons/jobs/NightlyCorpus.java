package io.superneurons.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A corpus of three images, one Super Neuron, and the jobs run on them as a user submits them.
 *
 * @param folder where all of it lies
 */
public record NightlyCorpus(Path folder) {
  /** The Super Neuron fires above 0. */
  public static final LayerSite COLUMN = new LayerSite(0, Site.RESID_POST);

  public static final int NEURON = 1;
  static final Path IMAGES =
      Fixture.bundled("llava-hub").folder().resolve("images").toAbsolutePath();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  /** Makes the corpus in an empty folder. */
  public static NightlyCorpus in(Path folder) throws IOException {
    NightlyCorpus corpus = new NightlyCorpus(folder);
    Files.createDirectory(corpus.images());
    for (int i = 0; i < 3; i++) {
      corpus.image(i + ".png", i);
    }
    corpus.superNeurons("", "");
    return corpus;
  }

  /** The folder of images. */
  public Path images() {
    return folder.resolve("images");
  }

  /** Puts one of the fixture's images there, with a time that is always the same. */
  void image(String name, int of) throws IOException {
    Files.copy(
        IMAGES.resolve(of + ".png"), images().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(images().resolve(name), FileTime.from(Instant.ofEpochSecond(1000)));
  }

  /**
   * Writes the Super Neurons.
   *
   * @param ofTask further keys of the task, with a comma after each
   * @param ofNeuron further keys of the neuron, with a comma before each
   */
  public void superNeurons(String ofTask, String ofNeuron) throws IOException {
    String json =
        String.format(
            Locale.ROOT,
            """
        {"format": "superneurons", "version": 1, "model": {"name": "tiny", "family": "llava",
         "fingerprint": "%s"}, "prompt": {}, "dtype": "float32", "compute_dtype": "float32",
         "tasks": [{"task": "default", "question": "Is it so?", "labels": ["no", "yes"], %s
         "exit_layer": 0, "rule": "best_cut", "vote": "majority", "neurons": [{"layer": 0,
         "site": "resid_post", "index": %d, "polarity": 1, "thresholds": [0], "weight": 1%s}]}]}\
        """,
            FIXTURE.checkpoint().fingerprint(),
            ofTask,
            NEURON,
            ofNeuron);
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), json);
  }

  /** Labels an input. */
  public int label(String output, String input, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--superneurons", folder.toString()));
    return run(new LabelJob(), output, input, all);
  }

  /** Extracts the neuron's site in float32 into {@code act}. */
  public int extract(Path manifest, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--layers", "0", "--sites", "resid_post", "--store-dtype", "float32"));
    return run(new ExtractJob(), "act", manifest.toString(), all);
  }

  /** Batches of one, so that values do not depend on which rows share a pass. */
  private int run(Callable<Integer> job, String output, String input, List<String> more) {
    List<String> args = new ArrayList<>(List.of("--batch-size", "1", "--dtype", "float32"));
    if (!more.contains("--model")) {
      args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    }
    args.addAll(List.of("--input", input));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(more);
    return JobMain.run(job, args.toArray(String[]::new));
  }

  /** A JSON file of an output folder. */
  public JsonNode json(String output, String name) throws IOException {
    return JSON.readTree(folder.resolve(output).resolve(name).toFile());
  }

  /** Writes the rows of a folder anew without a column, and without counts in their footers. */
  void withoutColumn(String output, String column) throws IOException {
    Path whole = folder.resolve(output);
    Path part = folder.resolve("without");
    try (SparkSession spark = Sessions.open("without")) {
      spark.read().parquet(whole.toString()).drop(column).coalesce(1).write().parquet(part + "");
    }
    Path old;
    try (Stream<Path> files = Files.list(whole)) {
      old = files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    try (Stream<Path> files = Files.list(part)) {
      Path rows =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(rows, old, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(old.resolveSibling("." + old.getFileName() + ".crc"));
  }

  /** All rows of an output, by run date, where there are some, and id. */
  public List<Row> rows(String output) throws IOException {
    try (SparkSession spark = Sessions.open("read")) {
      var rows = spark.read().parquet(folder.resolve(output).toString());
      boolean dated = List.of(rows.columns()).contains("run_date");
      return rows.orderBy(dated ? "run_date" : "id", "id").collectAsList();
    }
  }
}
