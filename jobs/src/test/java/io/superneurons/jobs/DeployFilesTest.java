package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.superneurons.jobs.cli.ConfigFile;
import io.superneurons.jobs.label.DriftCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The files in deploy/ say what the jobs and the launcher take. */
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("../deploy");
  private static final Pattern OPTION = Pattern.compile("\"(--[^\"]+)\"");

  @TempDir private Path folder;
  private LauncherFolder launcher;

  @BeforeEach
  void layOut() throws IOException {
    launcher = LauncherFolder.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"label.yaml", "nightly-cronjob.yaml"})
  void podsRunTheLauncherWithOptionsThatExist(String name) throws Exception {
    JsonNode manifest = yaml(name);
    JsonNode job = manifest.at(name.equals("label.yaml") ? "/spec" : "/spec/jobTemplate/spec");
    JsonNode container = job.at("/template/spec/containers/0");
    List<String> args = strings(container.get("args"));
    assertEquals("superneurons", args.get(0));
    LauncherFolder.Outcome launched = launcher.launch(args.subList(1, args.size()));
    assertEquals(0, launched.code(), launched.errors());
    accepted(launched.lines());
    JsonNode codes = job.at("/podFailurePolicy/rules/0/onExitCodes");
    assertEquals(container.get("name"), codes.get("containerName"));
    assertEquals(
        String.format(Locale.ROOT, "[2,%d]", DriftCheck.EXIT_CODE), codes.get("values").toString());
    assertEquals(
        "Never",
        job.at("/template/spec/restartPolicy").asText(),
        "what a podFailurePolicy asks for");
  }

  @Test
  void theOperatorRunsAJobWithOptionsThatExist() throws Exception {
    JsonNode template = yaml("nightly-spark-operator.yaml").at("/spec/template");
    assertEquals(LabelJob.class.getName(), template.get("mainClass").asText());
    assertEquals(
        pom("spark.version"), template.get("sparkVersion").asText(), "the version in pom.xml");
    parse(new LabelJob(), strings(template.get("arguments")));
    JsonNode conf = template.get("sparkConf");
    assertEquals(TravellingClasses.class.getName(), conf.get("spark.kryo.registrator").asText());
  }

  @Test
  void theImageSetsWhatExecutorsAreGivenElsewhere() throws IOException {
    String image = Files.readString(DEPLOY.resolve("Dockerfile"));
    Properties conf = properties(Path.of("../conf/spark-defaults.conf"));
    String prefix = "spark.executorEnv.";
    List<String> given =
        conf.stringPropertyNames().stream().filter(key -> key.startsWith(prefix)).toList();
    assertEquals(4, given.size(), given.toString());
    for (String key : given) {
      String setting = key.substring(prefix.length()) + "=" + conf.getProperty(key);
      assertTrue(image.lines().anyMatch(line -> line.contains("    " + setting)), setting);
    }
  }

  @Test
  void theImageCopiesWhatIsThere() throws IOException {
    List<String> sources =
        Pattern.compile("^COPY ([^-]\\S*) \\S+$", Pattern.MULTILINE)
            .matcher(Files.readString(DEPLOY.resolve("Dockerfile")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertTrue(sources.contains("conf/log4j2.properties"), sources.toString());
    for (String source : sources) {
      assertTrue(Files.exists(Path.of("..").resolve(source)), source);
    }
  }

  @Test
  void theImageAndTheConfigurationForGpusNameOneLibtorch() throws IOException {
    String setting = "SUPERNEURONS_LIBTORCH=";
    String image = Files.readString(DEPLOY.resolve("Dockerfile"));
    String key = "spark.executorEnv." + setting.replace("=", "");
    String folder = properties(Path.of("../conf/gpu.properties")).getProperty(key);
    assertTrue(image.contains("ENV " + setting + folder), folder);
    assertTrue(image.contains("COPY --from=libtorch lib " + folder), folder);
  }

  @Test
  void cronRunsAScriptWithOptionsThatExist() throws Exception {
    List<String> lines = Files.readAllLines(DEPLOY.resolve("schedules/superneurons.cron"));
    String line = lines.stream().filter(l -> l.matches("\\d.*")).findFirst().orElseThrow();
    String command = line.replaceFirst("^(\\S+\\s+){6}", "").replaceFirst(" >>.*", "");
    // cron takes a bare % for the end of the line
    assertEquals(command.replace("\\%", ""), command.replace("\\%", "").replace("%", ""));
    List<String> words = List.of(command.replace("\\%", "%").split(" "));
    assertTrue(words.get(0).endsWith("/deploy/submit-label"), words.get(0));
    submitLabel(words.subList(1, words.size()));
  }

  @Test
  void airflowRunsAScriptWithOptionsThatExist() throws Exception {
    String dag = Files.readString(DEPLOY.resolve("schedules/superneurons_nightly.py"));
    List<String> args = new ArrayList<>(List.of("m", "s", "i", "o"));
    OPTION.matcher(dag).results().map(match -> match.group(1)).forEach(args::add);
    assertTrue(args.contains("--incremental"), args.toString());
    assertTrue(args.stream().noneMatch(arg -> arg.contains("{")), "a run by hand may have no date");
    submitLabel(args);
    assertTrue(dag.contains("DRIFT = " + DriftCheck.EXIT_CODE), "the exit code of drift");
  }

  private void submitLabel(List<String> args) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("SPARK_MASTER", "spark://spark.example:7077");
    LauncherFolder.Outcome submitted = launcher.run("deploy/submit-label", args, environment);
    assertEquals(0, submitted.code(), submitted.errors());
    assertTrue(submitted.lines().contains("spark://spark.example:7077"));
    accepted(submitted.lines());
  }

  @Test
  void submitScriptsPassWhatTheirJobsTake() throws Exception {
    Map<String, String> environment = Map.of("SPARK_MASTER", "yarn");
    LauncherFolder.Outcome extract =
        launcher.run(
            "deploy/submit-extract",
            List.of("m", "i", "o", "--deploy-mode", "cluster", "--answer"),
            environment);
    assertEquals(0, extract.code(), extract.errors());
    parse(new ExtractJob(), own(extract.lines()));
    assertTrue(extract.lines().contains(launcher.otherJars()));
    LauncherFolder.Outcome select =
        launcher.run("deploy/submit-select", List.of("a", "o", "--seed=1"), environment);
    assertEquals(0, select.code(), select.errors());
    parse(new SelectJob(), own(select.lines()));
    for (String script : List.of("submit-extract", "submit-select", "submit-label")) {
      LauncherFolder.Outcome bare = launcher.run("deploy/" + script, List.of(), environment);
      assertEquals(2, bare.code());
      assertTrue(bare.errors().startsWith("SPARK_MASTER=..."), bare.errors());
    }
  }

  @Test
  void scriptsAreBash() throws Exception {
    List<Path> scripts = new ArrayList<>(List.of(Path.of("../demo/run-demo")));
    for (String of : List.of("../bin", "../deploy")) {
      try (Stream<Path> files = Files.list(Path.of(of))) {
        files.filter(Files::isRegularFile).filter(Files::isExecutable).forEach(scripts::add);
      }
    }
    assertTrue(scripts.size() >= 6, scripts.toString());
    for (Path script : scripts) {
      assertTrue(Files.readString(script).startsWith("#!/usr/bin/env bash"), script.toString());
      Process check = new ProcessBuilder("bash", "-n", script.toString()).start();
      assertEquals(0, check.waitFor(), script.toString());
    }
  }

  @Test
  void propertiesOfPodsAreThoseOfOtherRuns() throws IOException {
    Properties pods = properties(DEPLOY.resolve("kubernetes/spark.properties"));
    Properties usual = properties(Path.of("../conf/spark-defaults.conf"));
    for (String key : usual.stringPropertyNames()) {
      if (key.startsWith("spark.hadoop") || key.startsWith("spark.kryo")) {
        assertEquals(usual.get(key), pods.get(key), key);
      }
    }
  }

  @Test
  void theImageIsSparksOfTheSameVersion() throws IOException {
    String dockerfile = Files.readString(DEPLOY.resolve("Dockerfile"));
    assertTrue(
        dockerfile.contains(
            String.format(
                Locale.ROOT,
                "SPARK_IMAGE=apache/spark:%s-scala%s-java17",
                pom("spark.version"),
                pom("scala.binary.version"))));
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }

  private static String pom(String property) throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    return pom.replaceFirst("(?s).*<" + property + ">(.*?)</" + property + ">.*", "$1");
  }

  private static JsonNode yaml(String name) throws IOException {
    return new YAMLMapper().readTree(DEPLOY.resolve("kubernetes").resolve(name).toFile());
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asText()));
    return strings;
  }

  /** Label takes what the launcher printed for it. */
  private void accepted(List<String> submitted) {
    assertTrue(submitted.contains(LabelJob.class.getName()), submitted.toString());
    parse(new LabelJob(), own(submitted));
  }

  private List<String> own(List<String> submitted) {
    return submitted.subList(submitted.indexOf(launcher.jar()) + 1, submitted.size());
  }

  private static void parse(Callable<Integer> job, List<String> args) {
    String[] array = args.toArray(String[]::new);
    CommandLine line = new CommandLine(job);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setDefaultValueProvider(ConfigFile.of(array));
    assertTrue(line.parseArgs(array).unmatched().isEmpty(), Arrays.toString(array));
  }
}
