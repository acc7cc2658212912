package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.Printed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class JobMainTest {
  @TempDir private Path folder;

  @Command(name = "sample")
  private static final class Sample implements Callable<Integer>, OptionNeeds.Command {
    @Mixin private CommonOptions common;

    @Option(names = "--input", arity = "1..*")
    private List<String> input = List.of();

    @Option(names = "--by", defaultValue = "column")
    private String by;

    @Option(names = "--shares", defaultValue = "6/4")
    private String shares;

    @Option(names = "--batch-size", defaultValue = "8")
    private int batchSize;

    @Option(names = "--output")
    private Path output;

    private final RuntimeException failure;

    Sample(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public List<OptionNeeds> needs() {
      return List.of(new OptionNeeds("--shares", List.of("--by image")));
    }

    @Override
    public Integer call() {
      if (failure != null) {
        throw failure;
      }
      return 0;
    }
  }

  @Test
  void theDefaultStandsWhereNothingIsSaid() {
    Sample sample = new Sample(null);
    assertEquals(0, JobMain.run(sample));
    assertEquals(8, sample.batchSize);
  }

  @Test
  void theConfigFileOverridesTheDefault() throws IOException {
    Sample sample = new Sample(null);
    assertEquals(0, JobMain.run(sample, "--config", config("batch-size = 3").toString()));
    assertEquals(3, sample.batchSize);
  }

  @Test
  void theConfigFileIsAPathAnAddressOrHandedAlong() throws IOException {
    Path file = config("batch-size = 3");
    Path spaced = Files.copy(file, folder.resolve("a b:c.properties"));
    for (String given :
        List.of(
            "file:" + file,
            "file://" + spaced,
            spaced.toString(),
            SampleFileSystem.SCHEME + "://host" + spaced,
            "data:;base64,YmF0Y2gtc2l6ZSA9IDMK")) {
      Sample sample = new Sample(null);
      System.setProperty(SampleFileSystem.KEY, SampleFileSystem.class.getName());
      try {
        assertEquals(0, JobMain.run(sample, "--config=" + given), given);
      } finally {
        System.clearProperty(SampleFileSystem.KEY);
      }
      assertEquals(3, sample.batchSize, given);
    }
  }

  @Test
  void aConfigFileThatCannotBeReadIsRefused() throws IOException {
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', '=', (byte) 0xe9});
    for (String bad :
        List.of("file:" + folder + "/no", "data:;base64,%", "none://host/x", latin.toString())) {
      assertEquals(2, JobMain.run(new Sample(null), "--config", bad), bad);
    }
  }

  /** The local disk under another name, as a store would be. */
  public static final class SampleFileSystem extends RawLocalFileSystem {
    static final String SCHEME = "sample";
    static final String KEY = "spark.hadoop.fs." + SCHEME + ".impl";

    @Override
    public URI getUri() {
      return URI.create(SCHEME + "://host/");
    }
  }

  @Test
  void theCommandLineOverridesTheConfigFile() throws IOException {
    Sample sample = new Sample(null);
    Path config = config("batch-size = 3");
    assertEquals(0, JobMain.run(sample, "--config=" + config, "--batch-size", "5"));
    assertEquals(5, sample.batchSize);
  }

  @Test
  void anUnknownKeyIsAUsageError() throws IOException {
    assertEquals(2, JobMain.run(new Sample(null), "--config=" + config("bach-size = 3")));
  }

  @Test
  void aMissingConfigFileIsAUsageError() {
    assertEquals(2, JobMain.run(new Sample(null), "--config", folder.resolve("no").toString()));
  }

  @Test
  void anUnknownOptionIsALineWithWhatWasMeant() {
    refused(
        "sample: there is no option --bach-size; did you mean --batch-size?"
            + " (superneurons sample --help)",
        "--bach-size",
        "3");
  }

  @Test
  void anUnknownOptionIsNoFurtherValueOfTheOneBeforeIt() {
    refused(
        "sample: there is no option --labels-from", "--input", "photos", "--labels-from", "folder");
    Sample sample = new Sample(null);
    assertEquals(0, JobMain.run(sample, "--input", "a", "b", "--batch-size", "2"));
    assertEquals(List.of("a", "b"), sample.input);
  }

  @Test
  void aValueBeforeItsOptionIsNamed() {
    refused("sample: 'photos' belongs to no option;", "photos", "--input", "more");
    refused("sample: 'photos' belongs to no option;", "--batch-size", "2", "photos", "others");
  }

  @Test
  void aWrongValueIsALine() {
    refused("sample: Invalid value for option '--batch-size'", "--batch-size", "many");
  }

  @Test
  void anOptionWithoutEffectIsRefusedUnlessAFileHasIt() throws IOException {
    refused("sample: --shares has no effect without --by image", "--shares", "5/5");
    assertEquals(0, JobMain.run(new Sample(null), "--shares", "5/5", "--by", "image"));
    Path config = config("shares = 5/5");
    assertEquals(0, JobMain.run(new Sample(null), "--config", config.toString()));
  }

  @Test
  void helpAndVersionDoNoWork() {
    Sample failing = new Sample(new IllegalStateException("it worked"));
    assertEquals(0, JobMain.run(failing, "--version"));
    assertEquals(0, JobMain.run(failing, "--help"));
  }

  /** Fails unless the arguments end in a line on standard error that begins so. */
  private static void refused(String start, String... args) {
    PrintStream before = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      assertEquals(2, JobMain.run(new Sample(null), args));
    } finally {
      System.setErr(before);
    }
    String text = told.toString(StandardCharsets.UTF_8).strip();
    assertTrue(text.startsWith(start), text);
    assertEquals(1, text.lines().count(), text);
  }

  @Test
  void whatIsFoundBeforeWorkIsAUsageErrorAndWhatFailsLaterIsNot() {
    assertEquals(2, JobMain.run(new Sample(new ConfigurationException("no such model"))));
    assertEquals(1, JobMain.run(new Sample(new IllegalStateException("it broke"))));
  }

  @Test
  void whatFailsIsToldOfACommandWhoseOutputIsAPathOfThisMachine() {
    Sample failing = new Sample(new IllegalStateException("it broke"));
    Printed printed = Printed.of(() -> JobMain.run(failing, "--output", "bench.json"));
    assertEquals(1, printed.exitCode());
    assertTrue(printed.said().contains("sample failed: it broke"), printed.said());
  }

  @Test
  void aStoreThatCannotBeReachedIsAFailureToTryAgain() {
    for (IOException cause :
        List.of(
            new ConnectException("refused"),
            new SocketTimeoutException("silent"),
            new UnknownHostException("store.example"))) {
      IOException wrapped = new IOException("getFileStatus on s3a://b/images", cause);
      assertEquals(
          1, JobMain.run(new Sample(new ConfigurationException("Cannot read input", wrapped))));
    }
    IOException other = new IOException("AccessDenied");
    assertEquals(
        2, JobMain.run(new Sample(new ConfigurationException("Cannot read input", other))));
  }

  @Test
  void aClusterThatFailsBeforeWorkIsAFailureToTryAgain() {
    SparkException lost = new SparkException("Job aborted due to stage failure: executor lost");
    assertEquals(1, JobMain.run(new Sample(new ConfigurationException("Cannot read input", lost))));
    SparkException threw = new SparkException("Job aborted", new IOException("not JSON"));
    assertEquals(
        2, JobMain.run(new Sample(new ConfigurationException("Cannot read input", threw))));
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("job.properties"), text);
  }
}
