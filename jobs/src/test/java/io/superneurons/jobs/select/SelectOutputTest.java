package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.select.settings.SelectOptions;
import io.superneurons.jobs.select.settings.SelectSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What select prints. */
class SelectOutputTest {
  @Test
  void theCommandOfTheReportMayBeCopied() {
    assertEquals(
        "superneurons report --selection s3a://bucket/selection --activations a/b-1",
        SelectOutput.report(settings("a/b-1", "s3a://bucket/selection")));
    assertEquals(
        "superneurons report --selection 'it'\\''s mine'",
        SelectOutput.report(settings("one,two", "it's mine")),
        "report takes one folder of activations");
  }

  private static SelectSettings settings(String activations, String output) {
    SelectOptions options = new SelectOptions();
    new CommandLine(options).parseArgs("--activations=" + activations, "--output=" + output);
    return SelectSettings.of(options);
  }
}
