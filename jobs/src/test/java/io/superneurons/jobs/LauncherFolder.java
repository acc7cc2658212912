package io.superneurons.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the project's scripts and conf/, with jars that are empty and programs that print their
 * arguments, a line each, in place of Java and of spark-submit.
 *
 * @param root of the copy
 */
record LauncherFolder(Path root) {
  private static final Path PROJECT = Path.of("..");
  private static final String PRINT = "#!/bin/bash\nprintf '%s\\n' \"$@\"\n";

  /**
   * What a script did.
   *
   * @param code it ended with
   * @param lines of standard output
   * @param errors all of standard error
   */
  record Outcome(int code, List<String> lines, String errors) {}

  /** Makes the copy in an empty folder. */
  static LauncherFolder in(Path root) throws IOException {
    for (String name :
        List.of("deploy/target/spark", "deploy/target/app", "java/bin", "spark/bin")) {
      Files.createDirectories(root.resolve(name));
    }
    for (String jar : List.of("superneurons-jobs-1.jar", "model.jar", "text.jar")) {
      Files.createFile(root.resolve("deploy/target/app").resolve(jar));
    }
    for (String folder : List.of("bin", "conf", "deploy")) {
      Files.createDirectories(root.resolve(folder));
      try (Stream<Path> files = Files.list(PROJECT.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, root.resolve(folder).resolve(file.getFileName()));
        }
      }
    }
    for (String program : List.of("java/bin/java", "spark/bin/spark-submit")) {
      Files.writeString(root.resolve(program), PRINT).toFile().setExecutable(true);
    }
    return new LauncherFolder(root);
  }

  /** The main jar. */
  String jar() {
    return root.resolve("deploy/target/app/superneurons-jobs-1.jar").toString();
  }

  /** The other jars, as {@code --jars} has them. */
  String otherJars() {
    String app = root.resolve("deploy/target/app").toString();
    return app + "/model.jar," + app + "/text.jar";
  }

  /** Runs the launcher without a Spark of its own. */
  Outcome launch(List<String> args) throws IOException, InterruptedException {
    return run("bin/superneurons", args, Map.of());
  }

  /** Runs a script of the copy. */
  Outcome run(String script, List<String> args, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", root.resolve(script).toString()));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", root.resolve("java").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), printed.lines().toList(), said);
  }

  /** The environment of a machine with a Spark of its own. */
  Map<String, String> withSpark() {
    return Map.of("SPARK_HOME", root.resolve("spark").toString());
  }
}
