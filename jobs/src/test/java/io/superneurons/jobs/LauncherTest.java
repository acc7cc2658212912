package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/superneurons} hands to SparkSubmit; Java and spark-submit print it only. */
class LauncherTest {
  private static final String PRINT = "#!/bin/bash\nprintf '%s\\n' \"$@\"\n";

  @TempDir private Path folder;

  @BeforeEach
  void layOut() throws IOException {
    for (String name : List.of("bin", "conf", "deploy/target/spark", "java/bin", "spark/bin")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.createDirectories(folder.resolve("deploy/target/app"));
    for (String jar : List.of("superneurons-jobs-1.jar", "model.jar", "text.jar")) {
      Files.createFile(folder.resolve("deploy/target/app").resolve(jar));
    }
    Files.copy(Path.of("../bin/superneurons"), folder.resolve("bin/superneurons"));
    Files.copy(Path.of("../conf/spark-defaults.conf"), folder.resolve("conf/spark-defaults.conf"));
    for (String program : List.of("java/bin/java", "spark/bin/spark-submit")) {
      Files.writeString(folder.resolve(program), PRINT);
      assertTrue(folder.resolve(program).toFile().setExecutable(true));
    }
  }

  @Test
  void inLocalModeTheClassPathHasAllJars() throws IOException, InterruptedException {
    assertFalse(submitted("label", "--model", "m").contains("--jars"));
    assertFalse(submitted("label", "--master", "local[2]").contains("--jars"));
  }

  @Test
  void aClusterGetsTheJarsWhereverItsMasterStands() throws IOException, InterruptedException {
    assertJars(submitted("label", "--master", "yarn"));
    assertJars(submitted("label", "--conf", "spark.master=yarn"));
    for (String line : List.of("spark.master yarn", "spark.master=yarn", " spark.master : yarn ")) {
      Path properties = properties("# spark.master local", line, "spark.master.rest.enabled true");
      assertJars(submitted("label", "--properties-file", properties.toString()));
    }
    Path other = properties("spark.master yarn");
    assertFalse(
        submitted("label", "--properties-file", other.toString(), "--master", "local[2]")
            .contains("--jars"),
        "the command line comes first");
    assertFalse(
        submitted("label", "--master", "local[2]", "--conf", "spark.master=yarn")
            .contains("--jars"),
        "as for spark-submit");
  }

  @Test
  void aSparkOfItsOwnGetsTheJars() throws IOException, InterruptedException {
    Process launcher = start("spark", "label", "--model", "m");
    List<String> printed = lines(launcher);
    assertEquals("m", printed.get(printed.size() - 1));
    assertJars(printed);
  }

  @Test
  void jarsOfTheUserAreKept() throws IOException, InterruptedException {
    List<String> asked = submitted("label", "--master", "yarn", "--jars", "/mine.jar");
    assertTrue(jars(asked).endsWith("/text.jar,/mine.jar"), asked.toString());
    Path properties = properties("spark.master yarn", "spark.jars /mine.jar");
    asked = submitted("label", "--properties-file", properties.toString());
    assertTrue(jars(asked).endsWith("/text.jar,/mine.jar"), asked.toString());
  }

  @Test
  void theDriversMemoryIsTheOneThatIsSaid() throws IOException, InterruptedException {
    assertTrue(submitted("label").contains("-Xmx4g"));
    assertTrue(submitted("label", "--driver-memory", "7g").contains("-Xmx7g"));
    Path properties = properties("spark.driver.memory 9g");
    assertTrue(submitted("label", "--properties-file", properties.toString()).contains("-Xmx9g"));
  }

  @Test
  void optionsOfTheCommandComeAfterTheJar() throws IOException, InterruptedException {
    List<String> printed =
        submitted("label", "--model", "m", "--name", "n", "--superneurons", "a b", "--input", "i");
    int jar = printed.indexOf(folder.resolve("deploy/target/app/superneurons-jobs-1.jar") + "");
    assertEquals(
        List.of("--model", "m", "--superneurons", "a b", "--input", "i"),
        printed.subList(jar + 1, printed.size()));
    assertTrue(printed.subList(0, jar).containsAll(List.of("--name", "n")));
    assertTrue(printed.subList(0, jar).contains(LabelJob.class.getName()));
  }

  @Test
  void whatCannotBeIsRefused() throws IOException, InterruptedException {
    for (String[] bad :
        List.of(
            new String[] {"lable"},
            new String[] {"label", "--properties-file", folder.resolve("none").toString()})) {
      Process launcher = start("java", bad);
      String said = new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(2, launcher.waitFor(), said);
      assertTrue(said.contains(bad[bad.length - 1]), said);
    }
  }

  private Path properties(String... lines) throws IOException {
    return Files.write(folder.resolve("other.conf"), List.of(lines));
  }

  private void assertJars(List<String> printed) {
    String app = folder.resolve("deploy/target/app").toString();
    assertEquals(app + "/model.jar," + app + "/text.jar", jars(printed));
  }

  private static String jars(List<String> printed) {
    assertTrue(printed.contains("--jars"), printed.toString());
    return printed.get(printed.indexOf("--jars") + 1);
  }

  private List<String> submitted(String... args) throws IOException, InterruptedException {
    return lines(start("java", args));
  }

  private static List<String> lines(Process launcher) throws IOException, InterruptedException {
    String printed = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, launcher.waitFor(), said);
    return printed.lines().toList();
  }

  /** Starts the launcher, with a Spark of its own or without. */
  private Process start(String program, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(folder.resolve("bin/superneurons").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().remove("SPARK_HOME");
    if (program.equals("spark")) {
      builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    }
    return builder.start();
  }
}
