package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.select.settings.SelectOptions;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command of the report that select ends with. */
class DrawingCommandTest {
  @TempDir private Path folder;

  @Test
  void itMayBeCopied() {
    assertEquals(
        "superneurons report --selection s3a://bucket/selection --activations a/b-1",
        command("a/b-1", "s3a://bucket/selection").text());
    assertEquals(
        "superneurons report --selection 'it'\\''s mine'",
        command("one,two", "it's mine").text(),
        "report takes one folder of activations");
  }

  @Test
  void itNamesTheInputOfTheRunWhereThatIsThere() throws IOException {
    Path photos = folder.resolve("my photos");
    String words =
        String.format(
            Locale.ROOT,
            "[\"--input\", \"%s\", \"%s/*.png\", \"--format\", \"images\"]",
            photos,
            folder);
    summary("\"input\": " + words + ",");
    assertFalse(command(folder.toString(), "s").showsImages(), "the input is gone");
    Files.createDirectory(photos);
    DrawingCommand command = command(folder.toString(), "s");
    assertTrue(command.showsImages());
    assertEquals(
        String.format(
            Locale.ROOT,
            "superneurons report --selection s --activations %1$s --input '%1$s/my photos'"
                + " '%1$s/*.png' --format images",
            folder),
        command.text());
    summary("");
    assertFalse(command(folder.toString(), "s").showsImages(), "of an earlier version");
    Files.writeString(folder.resolve("_summary.json"), "no JSON");
    assertFalse(command(folder.toString(), "s").showsImages());
  }

  private void summary(String input) throws IOException {
    String json =
        """
        {"format": "superneurons-run-summary", "version": 1, "job": "extract", "seconds": 1,
         "started": "2026-11-30T15:21:34Z", "ended": "2026-11-30T15:21:35Z", "end": "done",
         "input_rows": 1, "done_before": 0, "done": 1, "failed": 0, "left": 0, %s
         "rows_per_second": 10, "errors": {}, "error_share": 0, "tokens": 0, "partition_rows": 1}
        """;
    Files.writeString(folder.resolve("_summary.json"), String.format(Locale.ROOT, json, input));
  }

  private static DrawingCommand command(String activations, String output) {
    SelectOptions options = new SelectOptions();
    new CommandLine(options).parseArgs("--activations=" + activations, "--output=" + output);
    return DrawingCommand.of(SelectSettings.of(options), new Configuration());
  }
}
