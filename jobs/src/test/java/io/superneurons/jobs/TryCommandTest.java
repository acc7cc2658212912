package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.label.TryCommand;
import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code superneurons try} says of an image what label and extract say of it. */
@ExtendWith(FewShufflePartitions.class)
class TryCommandTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Path CHECKPOINT = FIXTURE.folder().resolve("checkpoint");
  private static final Path IMAGE = FIXTURE.folder().resolve("images/0.png").toAbsolutePath();

  @TempDir private Path folder;
  private String said;

  @BeforeEach
  void writeSuperNeurons() throws IOException {
    String task =
        """
        {"task": "%1$s", %3$s "labels": ["no", "yes"], "exit_layer": %2$d,
         "rule": "zero", "vote": "majority", "neurons": [{"layer": %2$d, "site": "resid_post",
         "index": 1, "polarity": 1, "thresholds": [0], "weight": 1}, {"layer": 0, "site": "mlp_post",
         "index": 3, "polarity": 1, "thresholds": [0], "weight": 1}]}\
        """;
    String json =
        """
        {"format": "superneurons", "version": 1, "model": {"name": "tiny", "family": "llava",
         "fingerprint": "%s"}, "prompt": {}, "dtype": "float16", "compute_dtype": "float32",
         "tasks": [%s, %s]}\
        """;
    String cat = "\"question\": \"Is it a cat?\",";
    Files.writeString(
        folder.resolve(SuperNeurons.FILE_NAME),
        String.format(
            Locale.ROOT,
            json,
            FIXTURE.checkpoint().fingerprint(),
            String.format(Locale.ROOT, task, "cat", 1, cat),
            String.format(Locale.ROOT, task, "dog", 0, "")));
  }

  @Test
  void saysWhatLabelAndTheModelSay() throws IOException {
    assertEquals(0, attempt(IMAGE.toString(), "Is it a cat?"), said);
    List<String> lines = said.lines().toList();
    assertEquals(IMAGE.toString(), lines.get(0));
    assertEquals(11, lines.size(), said);
    String[] question = {"--question", "Is it a cat?"};
    String tried = said;
    job(new LabelJob(), "predictions", question, "--superneurons", folder.toString());
    job(new ExtractJob(), "activations", question, "--layers", "0", "--answer");
    String answer = read("activations").values().iterator().next().getAs("answer");
    Map<String, Row> predictions = read("predictions");
    for (String task : List.of("cat", "dog")) {
      int at = lines.indexOf(task + ": Is it a cat?");
      Row row = predictions.get(task);
      assertEquals(
          String.format(
              Locale.ROOT,
              "  label   %s, margin %.3f",
              row.getAs("prediction"),
              row.<Double>getAs("margin")),
          lines.get(at + 1));
      assertTrue(lines.get(at + 2).endsWith(", of 2 neurons"), tried);
      assertEquals(
          "  exit    after layer " + row.getAs("exit_layer"), lines.get(at + 3).split(" of ")[0]);
      String shown = SafeText.of(answer.strip().replaceAll("\\s+", " "));
      assertTrue(lines.get(at + 4).startsWith("  model   answers \"" + shown + "\""), tried);
    }
  }

  @Test
  void withoutAnAnswerOnlyTheTasksOwnQuestionIsNeeded() throws IOException {
    assertEquals(0, attempt(IMAGE.toString(), "--tasks", "cat", "--no-answer"), said);
    assertEquals(5, said.lines().count(), said);
    assertTrue(said.contains("cat: Is it a cat?"), said);
  }

  @Test
  void aQuestionThatNeuronsWereNotChosenWithIsNamed() {
    String note = "ANOTHER QUESTION than its neurons were chosen with, \"Is it a cat?\"";
    assertEquals(0, attempt(IMAGE.toString(), "Is it green?", "--no-answer"), said);
    List<String> lines = said.lines().toList();
    assertTrue(lines.get(lines.indexOf("cat: Is it green?") + 1).contains(note), said);
    assertEquals(1, said.split("ANOTHER QUESTION", -1).length - 1, "of dog no question is known");
    assertEquals(0, attempt(IMAGE.toString(), " Is it  a cat?", "--no-answer"), said);
    assertFalse(said.contains("ANOTHER QUESTION"), said);
    job(
        new LabelJob(),
        "none",
        new String[] {"--question", "Is it green?"},
        "--superneurons",
        folder.toString(),
        "--dry-run");
    assertTrue(said.contains(note), said);
  }

  @Test
  void whatCannotBeIsALine() throws IOException {
    refused(2, "The probing rows of task dog had several questions", IMAGE.toString());
    refused(2, "--tasks: there are no [bird]", IMAGE.toString(), "--tasks", "bird");
    refused(1, "image_not_found", folder + "/none.png", "Is it?");
    Files.writeString(folder.resolve("text.png"), "text");
    refused(1, "bad_image", folder + "/text.png", "Is it?");
    refused(2, "IMAGE");
    refused(2, "try takes one image", IMAGE.toString(), IMAGE.toString());
    refused(2, "try takes the question after the image", IMAGE.toString(), "--question", "Is it?");
    Files.writeString(
        folder.resolve(SuperNeurons.FILE_NAME),
        Files.readString(folder.resolve(SuperNeurons.FILE_NAME))
            .replace(FIXTURE.checkpoint().fingerprint(), "sha256:other"));
    refused(2, "its neurons mean nothing here", IMAGE.toString(), "Is it?");
  }

  @Test
  void itsHelpHasWhatIsOfUseForOneImage() {
    assertEquals(0, attempt("--help"), said);
    List<String> lines = said.lines().toList();
    List.of("The model:", "What labels:", "The model's own answer:")
        .forEach(group -> assertTrue(lines.contains(group), said));
    assertFalse(lines.contains("Options:"), said);
    assertFalse(said.contains("--question"), said);
    assertFalse(said.contains("--batch-size"), said);
  }

  private void refused(int code, String why, String... arguments) {
    assertEquals(code, attempt(arguments), said);
    assertTrue(said.contains(why), said);
    assertEquals(1, said.lines().count(), said);
  }

  private int attempt(String... arguments) {
    List<String> args = new ArrayList<>(List.of("--model", CHECKPOINT.toString()));
    args.addAll(List.of("--superneurons", folder.toString()));
    args.addAll(List.of(arguments));
    return run(new TryCommand(), args);
  }

  private int run(Callable<Integer> command, List<String> args) {
    Printed printed = Printed.of(() -> JobMain.run(command, args.toArray(String[]::new)));
    said = printed.said();
    return printed.exitCode();
  }

  private void job(Callable<Integer> job, String output, String[] question, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", IMAGE.toString()));
    args.addAll(List.of("--model", CHECKPOINT.toString(), "--dtype", "float32"));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(question));
    args.addAll(List.of(more));
    assertEquals(0, run(job, args), said);
  }

  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byTask = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        byTask.put(row.getAs("task"), row);
      }
    }
    return byTask;
  }
}
