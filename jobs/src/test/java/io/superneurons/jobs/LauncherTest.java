package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/superneurons} hands to SparkSubmit. */
class LauncherTest {
  @TempDir private Path folder;
  private LauncherFolder launcher;

  @BeforeEach
  void layOut() throws IOException {
    launcher = LauncherFolder.in(folder);
  }

  @Test
  void inLocalModeTheClassPathHasAllJars() throws IOException, InterruptedException {
    assertFalse(submitted("label", "--model", "m").contains("--jars"));
    assertFalse(submitted("label", "--master", "local[2]").contains("--jars"));
  }

  @Test
  void aClusterGetsTheJarsWhereverItsMasterStands() throws IOException, InterruptedException {
    assertJars(submitted("label", "--master", "yarn"));
    assertJars(submitted("label", "--master=yarn"));
    assertJars(submitted("label", "--conf", "spark.master=yarn"));
    for (String line : List.of("spark.master yarn", "spark.master=yarn", " spark.master : yarn ")) {
      Path properties = properties("# spark.master local", line, "spark.master.rest.enabled true");
      assertJars(submitted("label", "--properties-file", properties.toString()));
    }
    Path other = properties("spark.master yarn");
    assertFalse(
        submitted("label", "--properties-file=" + other, "--master", "local[2]").contains("--jars"),
        "the command line comes first");
    assertFalse(
        submitted("label", "--master", "local[2]", "--conf", "spark.master=yarn")
            .contains("--jars"),
        "as for spark-submit");
  }

  @Test
  void aSparkOfItsOwnGetsTheJars() throws IOException, InterruptedException {
    LauncherFolder.Outcome outcome =
        launcher.run("bin/superneurons", List.of("label", "--model", "m"), launcher.withSpark());
    assertJars(outcome.lines());
    assertEquals("m", outcome.lines().get(outcome.lines().size() - 1));
  }

  @Test
  void aSparkOfItsOwnLogsAsTheProjectDoesUnlessTheUserSaysOtherwise()
      throws IOException, InterruptedException {
    Path submit = launcher.root().resolve("spark/bin/spark-submit");
    Files.writeString(submit, "#!/bin/bash\nprintf '%s\\n' \"$SPARK_SUBMIT_OPTS\"\n");
    Path log = launcher.root().resolve("conf/log4j2.properties");
    assertTrue(Files.exists(log));
    String own = "-Dlog4j.configurationFile=\"" + log + "\"";
    List<String> label = List.of("label", "--model", "m");
    assertEquals(
        List.of(own), launcher.run("bin/superneurons", label, launcher.withSpark()).lines());
    Map<String, String> environment = new HashMap<>(launcher.withSpark());
    environment.put("SPARK_SUBMIT_OPTS", "-Dlog4j.configurationFile=mine");
    assertEquals(
        List.of(own + " -Dlog4j.configurationFile=mine"),
        launcher.run("bin/superneurons", label, environment).lines());
  }

  @Test
  void jarsOfTheUserAreKept() throws IOException, InterruptedException {
    String both = launcher.otherJars() + ",/mine.jar";
    assertEquals(both, jars(submitted("label", "--master", "yarn", "--jars", "/mine.jar")));
    Path properties = properties("spark.master yarn", "spark.jars /mine.jar");
    assertEquals(both, jars(submitted("label", "--properties-file", properties.toString())));
    assertEquals("/mine.jar", jars(submitted("label", "--jars=/mine.jar")));
  }

  @Test
  void theDriversMemoryIsTheOneThatIsSaid() throws IOException, InterruptedException {
    assertTrue(submitted("label").contains("-Xmx4g"));
    assertTrue(submitted("label", "--driver-memory", "7g").contains("-Xmx7g"));
    assertTrue(submitted("label", "--driver-memory=7g").contains("-Xmx7g"));
    Path properties = properties("spark.driver.memory 9g");
    assertTrue(submitted("label", "--properties-file", properties.toString()).contains("-Xmx9g"));
  }

  @Test
  void theDriversJvmHasItsOptionsUnlessAClusterStartsIt() throws IOException, InterruptedException {
    List<String> local = submitted("label", "--driver-java-options", "-Da=1 -Db=2");
    assertTrue(local.indexOf("-Da=1") < local.indexOf("-cp"), local.toString());
    assertTrue(local.indexOf("-Db=2") < local.indexOf("-cp"), local.toString());
    assertTrue(submitted("label", "--driver-java-options=-Da=1").contains("-Da=1"));
    String key = "spark.driver.extraJavaOptions";
    assertTrue(submitted("label", "--conf", key + "=-Da=1").contains("-Da=1"));
    Path properties = properties(key + " -Da=1 -Db=2");
    assertTrue(submitted("label", "--properties-file", properties.toString()).contains("-Db=2"));
    List<String> cluster =
        submitted("label", "--deploy-mode", "cluster", "--driver-java-options", "-Da=1 -Db=2");
    assertFalse(cluster.contains("-Da=1"), cluster.toString());
    assertTrue(cluster.contains("-Da=1 -Db=2"), "for the driver");
    List<String> standalone =
        submitted("label", "--master", "spark://host:7077", "--deploy-mode", "cluster");
    String flags = standalone.get(standalone.indexOf("--driver-java-options") + 1);
    assertTrue(flags.contains("--add-opens=java.base/java.nio=ALL-UNNAMED"), flags);
  }

  @Test
  void anArchiveOfClassesIsUsedWhereThereIsOne() throws IOException, InterruptedException {
    String option = "-XX:SharedArchiveFile=";
    assertTrue(submitted("label").stream().noneMatch(arg -> arg.startsWith(option)));
    Path archive = Files.createFile(launcher.root().resolve("deploy/target/classes.jsa"));
    assertTrue(submitted("label").contains(option + archive));
  }

  @Test
  void helpIsThatOfTheCommandAndAMisspeltCommandIsALine() throws IOException, InterruptedException {
    assertEquals(submitted("label", "--help"), submitted("help", "label"));
    LauncherFolder.Outcome told = launcher.launch(List.of("lable"));
    assertEquals(2, told.code());
    assertEquals(
        "superneurons: there is no command lable; did you mean label? (superneurons --help)",
        told.errors().strip());
    assertTrue(launcher.launch(List.of("--version")).lines().get(0).matches("superneurons \\S+"));
  }

  @Test
  void javaStartsInALocaleOfUtf8() throws IOException, InterruptedException {
    String printsLocale = "#!/bin/bash\nprintf '%s,%s\\n' \"$LC_ALL\" \"$LANG\"\n";
    Files.writeString(launcher.root().resolve("java/bin/java"), printsLocale);
    assertEquals("C.UTF-8,", locale("C", ""));
    assertEquals("C.UTF-8,", locale("", ""), "as cron has it");
    assertEquals("C.UTF-8,", locale("", "POSIX").replace("POSIX", ""));
    assertEquals("C.UTF-8,none", locale("", "none"), "of a locale that is not installed");
    assertEquals(",C.UTF-8", locale("", "C.UTF-8"), "what is UTF-8 stays");
  }

  @Test
  void aUserIdWithoutANameHasOneForJavaAndAHome() throws IOException, InterruptedException {
    assertTrue(submitted("label").stream().noneMatch(arg -> arg.startsWith("-Duser.")));
    Path programs = Files.createDirectories(launcher.root().resolve("programs"));
    String nameless =
        "#!/bin/bash\n[ \"$1\" = -u ] && echo 12345 && exit\n"
            + "echo 'id: cannot find name for user ID 12345' >&2\nexit 1\n";
    Files.writeString(programs.resolve("id"), nameless).toFile().setExecutable(true);
    Map<String, String> environment =
        Map.of("PATH", programs + ":" + System.getenv("PATH"), "HOME", folder.toString());
    List<String> lines = launcher.run("bin/superneurons", List.of("label"), environment).lines();
    assertTrue(lines.contains("-Duser.name=12345"), lines.toString());
    assertTrue(lines.contains("-Duser.home=" + folder), lines.toString());
  }

  private String locale(String all, String lang) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("LC_ALL", all, "LC_CTYPE", "", "LANG", lang);
    return launcher.run("bin/superneurons", List.of("label"), environment).lines().get(0);
  }

  @Test
  void optionsOfTheCommandComeAfterTheJar() throws IOException, InterruptedException {
    List<String> printed =
        submitted("label", "--model=m", "--name=n", "--superneurons", "a b", "--input", "i=j");
    int jar = printed.indexOf(launcher.jar());
    assertEquals(
        List.of("--model=m", "--superneurons", "a b", "--input", "i=j"),
        printed.subList(jar + 1, printed.size()));
    assertTrue(printed.subList(0, jar).containsAll(List.of("--name", "n")));
    assertTrue(printed.subList(0, jar).contains(LabelJob.class.getName()));
  }

  @Test
  void inClusterModeTheConfigFileGoesAlongAndLocalPathsAreNamed()
      throws IOException, InterruptedException {
    String config = Files.writeString(folder.resolve("my conf"), "batch-size = 3\n").toString();
    List<String> cluster = List.of("--master", "yarn", "--deploy-mode", "cluster");
    for (List<String> way : List.of(List.of("--config", config), List.of("--config=" + config))) {
      List<String> args =
          new ArrayList<>(List.of("label", "--model=" + folder, "--input", "s3a://b/m"));
      args.addAll(cluster);
      args.addAll(way);
      LauncherFolder.Outcome outcome = launcher.launch(args);
      assertEquals(0, outcome.code(), outcome.errors());
      List<String> own =
          outcome
              .lines()
              .subList(outcome.lines().indexOf(launcher.jar()) + 1, outcome.lines().size());
      assertEquals(
          List.of(
              "--model",
              folder.toString(),
              "--input",
              "s3a://b/m",
              "--config",
              "data:;base64,YmF0Y2gtc2l6ZSA9IDMK"),
          own);
      assertEquals(1, outcome.errors().lines().count(), outcome.errors());
      assertTrue(outcome.errors().contains("--model " + folder + ";"), outcome.errors());
    }
    assertTrue(
        submitted("label", "--config", config).contains(config), "in client mode it is read");
    List<String> far = new ArrayList<>(List.of("label", "--config", "s3a://b/label.properties"));
    far.addAll(cluster);
    assertTrue(launcher.launch(far).lines().contains("s3a://b/label.properties"));
    List<String> none = new ArrayList<>(List.of("label", "--config", folder + "/none"));
    none.addAll(cluster);
    assertEquals(2, launcher.launch(none).code());
  }

  @Test
  void scriptsThatSubmitHandTheirConfigurationAlong() throws IOException, InterruptedException {
    for (String script : List.of("deploy/submit-extract", "deploy/submit-label")) {
      LauncherFolder.Outcome outcome =
          launcher.run(
              script,
              List.of("s3a://b/m", "s3a://b/s", "s3a://b/i", "s3a://b/o", "--deploy-mode=cluster"),
              Map.of("SPARK_MASTER", "yarn"));
      assertEquals(0, outcome.code(), outcome.errors());
      String handed = outcome.lines().get(outcome.lines().indexOf("--config") + 1);
      String name = script.replaceFirst(".*-", "") + ".properties";
      String text = Files.readString(launcher.root().resolve("conf").resolve(name));
      assertEquals(text, inlined(handed), script);
    }
  }

  private static String inlined(String argument) {
    byte[] bytes = Base64.getDecoder().decode(argument.replaceFirst("^data:;base64,", ""));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void whatCannotBeIsRefused() throws IOException, InterruptedException {
    for (List<String> bad :
        List.of(
            List.of("lable"), List.of("label", "--properties-file", folder + "/none.properties"))) {
      LauncherFolder.Outcome outcome = launcher.launch(bad);
      assertEquals(2, outcome.code(), outcome.errors());
      assertTrue(outcome.errors().contains(bad.get(bad.size() - 1)), outcome.errors());
    }
  }

  private Path properties(String... lines) throws IOException {
    return Files.write(folder.resolve("other.conf"), List.of(lines));
  }

  private List<String> submitted(String... args) throws IOException, InterruptedException {
    LauncherFolder.Outcome outcome = launcher.launch(List.of(args));
    assertEquals(0, outcome.code(), outcome.errors());
    return outcome.lines();
  }

  private void assertJars(List<String> printed) {
    assertEquals(launcher.otherJars(), jars(printed));
  }

  private static String jars(List<String> printed) {
    assertTrue(printed.contains("--jars"), printed.toString());
    return printed.get(printed.indexOf("--jars") + 1);
  }

  @Test
  void theDemoReplacesNothingButAnEarlierDemo() throws IOException, InterruptedException {
    Path script = Files.createDirectory(folder.resolve("demo")).resolve("run-demo");
    Files.copy(Path.of("../demo/run-demo"), script);
    Path output = Files.createDirectory(folder.resolve("home"));
    List<String> args = List.of("--output", output.toString());
    Path thesis = Files.createFile(output.resolve("thesis.txt"));
    LauncherFolder.Outcome refused = launcher.run("demo/run-demo", args, Map.of());
    assertEquals(2, refused.code(), refused.errors());
    assertTrue(refused.errors().contains("holds 1 files and folders"), refused.errors());
    assertTrue(refused.errors().contains("thesis.txt"), refused.errors());
    assertEquals(List.of(), refused.lines());
    Files.delete(thesis);
    for (String time : List.of("in an empty folder", "again")) {
      LauncherFolder.Outcome done = launcher.run("demo/run-demo", args, Map.of());
      assertEquals(0, done.code(), () -> time + ": " + done.errors());
    }
  }
}
