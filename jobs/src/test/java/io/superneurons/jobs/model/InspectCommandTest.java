package io.superneurons.jobs.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.model.Fixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class InspectCommandTest {
  private static final Path MODEL = Fixture.bundled("llava-hub").folder().resolve("checkpoint");

  @Test
  void tellsWhatTheCheckpointHolds() {
    String text = inspect("--model", MODEL.toString(), "--image-size", "64x48");
    Checkpoint checkpoint = Checkpoint.open(MODEL);
    assertTrue(text.contains(checkpoint.fingerprint()), text);
    assertTrue(
        text.contains(String.format(Locale.ROOT, "%,d%n", checkpoint.parameterCount())), text);
    assertLine(" +family +llava", text);
    assertLine(" +layers +3, .*", text);
    assertLine(" +sites +resid_post 32, attn_z 32, mlp_post 40", text);
    assertLine(" +neurons +312, .* 624 bytes in float16, 1,248 in float32", text);
    assertLine(" +stored as +F32 .*", text);
    assertLine(" +image +64 x 48: 16 tokens", text);
    assertLine(" +whole model .*B.*B.*B", text);
    assertLine(" +exit after layer 0 .*B.*B.*B", text);
  }

  @Test
  void tellsOfTheExitLimitsAndTypeThatAreAskedFor() {
    String qwen = Fixture.bundled("qwen3_vl-hub").folder().resolve("checkpoint").toString();
    String[] asked = {"--model", qwen, "--image-size", "100x100", "--exit-layer", "1"};
    String small = inspect(with(asked, "--min-pixels", "144", "--max-pixels", "288"));
    String large = inspect(with(asked, "--min-pixels", "144", "--max-pixels", "20000"));
    assertLine(" +image +100 x 100: 1 tokens", small);
    assertLine(" +image +100 x 100: 64 tokens", large);
    assertLine(" +exit after layer 1 .*", small);
    assertTrue(working(small, "whole model") < working(large, "whole model"), small + large);
    assertTrue(working(large, "exit after layer 1") <= working(large, "whole model"), large);
    String tiled = Fixture.bundled("internvl-hub").folder().resolve("checkpoint").toString();
    String[] cut = {"--model", tiled, "--image-size", "48x72"};
    assertEquals(7 * tokens(inspect(with(cut, "--max-tiles", "1"))), tokens(inspect(cut)));
    String single = inspect(with(asked, "--dtype", "float32", "--batch-size", "1"));
    String many = inspect(with(asked, "--dtype", "float32", "--batch-size", "4"));
    assertTrue(working(single, "whole model") < working(many, "whole model"), single + many);
  }

  @Test
  void refusesWhatIsNoCheckpointOrNoSize() {
    assertEquals(2, JobMain.run(new InspectCommand(), "--model", MODEL.getParent().toString()));
    assertEquals(
        2,
        JobMain.run(new InspectCommand(), "--model", MODEL.toString(), "--image-size", "64 by 48"));
    String[] model = {"--model", MODEL.toString()};
    assertEquals(2, JobMain.run(new InspectCommand(), with(model, "--exit-layer", "3")));
    assertEquals(2, JobMain.run(new InspectCommand(), with(model, "--batch-size", "0")));
    assertEquals(2, JobMain.run(new InspectCommand(), with(model, "--max-pixels", "10000")));
    assertEquals(2, JobMain.run(new InspectCommand(), with(model, "--max-tiles", "1")));
  }

  private static String inspect(String... args) {
    StringWriter printed = new StringWriter();
    int exitCode =
        new CommandLine(new InspectCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(printed))
            .execute(args);
    assertEquals(0, exitCode);
    return printed.toString();
  }

  private static String[] with(String[] args, String... more) {
    return Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static void assertLine(String pattern, String text) {
    assertTrue(text.lines().anyMatch(line -> line.matches(pattern)), pattern + " in " + text);
  }

  private static int tokens(String text) {
    Matcher tokens = Pattern.compile(" +image +.*: (\\d+) tokens").matcher(text);
    assertTrue(tokens.find(), text);
    return Integer.parseInt(tokens.group(1));
  }

  /** The second size in the line of a run, in bytes. */
  private static double working(String text, String run) {
    Matcher sizes =
        Pattern.compile(" +" + run + " +[\\d.]+ \\w+ +([\\d.]+) (\\w+) .*").matcher(text);
    assertTrue(sizes.find(), text);
    double unit = Map.of("B", 1.0, "KB", 1e3, "MB", 1e6, "GB", 1e9).get(sizes.group(2));
    return Double.parseDouble(sizes.group(1)) * unit;
  }
}
