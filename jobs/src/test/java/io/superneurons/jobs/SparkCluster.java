package io.superneurons.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A standalone Spark cluster on loopback: a master and two workers, each a process of its own. */
final class SparkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");

  private static final Path JAVA_ARGS = Path.of("../conf/java.args").toAbsolutePath();

  /** Of each executor. */
  static final int CORES = 2;

  /** These processes live for seconds: what the compiler spends does not come back. */
  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();
  private String master;

  private SparkCluster(Path folder) {
    this.folder = folder;
  }

  /** Starts the cluster and waits for its workers. */
  static SparkCluster start(Path folder) throws Exception {
    SparkCluster cluster = new SparkCluster(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close)); // a test that is killed too
    try {
      cluster.startAll();
      return cluster;
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private void startAll() throws Exception {
    Files.createDirectories(folder.resolve("home/jars"));
    List<String> local = List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    start("master", "org.apache.spark.deploy.master.Master", local);
    await("the master", () -> find("master", MASTER) != null);
    master = find("master", MASTER);
    for (String worker : List.of("worker0", "worker1")) {
      List<String> args = new ArrayList<>(local);
      args.addAll(List.of("--cores", Integer.toString(CORES), "--memory", "1g"));
      args.addAll(List.of("--work-dir", folder.resolve(worker).toString(), master));
      workers.add(start(worker, "org.apache.spark.deploy.worker.Worker", args));
    }
    Pattern registered = Pattern.compile("(Successfully registered) with master");
    for (String worker : List.of("worker0", "worker1")) {
      await(worker, () -> find(worker, registered) != null);
    }
  }

  private Process start(String name, String main, List<String> args) throws IOException {
    return startJava(name, List.of("-Xmx256m", logOption()), main, args);
  }

  private Process startJava(String name, List<String> options, String main, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + JAVA_ARGS);
    command.addAll(QUICK);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(args);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                folder.resolve("home").toString(),
                "LC_ALL",
                "C.UTF-8",
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_LOCAL_DIRS",
                folder.resolve("local").toString(),
                "JAVA_HOME",
                System.getProperty("java.home")));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private Path logging(String level) throws IOException {
    Path file = folder.resolve("log4j2-" + level + ".properties");
    if (!Files.exists(file)) {
      Files.writeString(
          file,
          Files.readString(Path.of("../conf/log4j2.properties"))
              .replace("rootLogger.level = warn", "rootLogger.level = " + level));
    }
    return file;
  }

  /**
   * Submits a job in client mode: its driver is a process of its own.
   *
   * @param name of its log
   */
  Process submit(String name, Class<?> job, List<String> args, Map<String, String> settings)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx512m", logOption()));
    driverSettings().forEach((key, value) -> options.add("-D" + key + "=" + value));
    settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
    return startJava(name, options, job.getName(), args);
  }

  /** What a driver needs to know that is a process outside of the cluster. */
  Map<String, String> driverSettings() throws IOException {
    Map<String, String> settings = new TreeMap<>(settings());
    settings.put("spark.master", master);
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    return settings;
  }

  /**
   * Submits a job in cluster mode: a worker starts its driver. The process ends when the master has
   * taken it.
   *
   * @param name of the log of what submits
   */
  Process submitDriver(String name, Class<?> job, List<String> args) throws IOException {
    List<String> submit = new ArrayList<>(List.of("--master", master, "--deploy-mode", "cluster"));
    submit.addAll(List.of("--driver-memory", "512m", "--class", job.getName()));
    Map<String, String> settings = new TreeMap<>(settings());
    settings.put("spark.driver.extraClassPath", classPath());
    String flags =
        String.join(
            " ", Files.readAllLines(JAVA_ARGS).stream().filter(SparkCluster::isFlag).toList());
    settings.put("spark.driver.extraJavaOptions", flags + " " + quickly());
    settings.forEach((key, value) -> submit.addAll(List.of("--conf", key + "=" + value)));
    submit.add(emptyJar().toString());
    submit.addAll(args);
    List<String> options = List.of("-Xmx256m", logOption());
    return startJava(name, options, "org.apache.spark.deploy.SparkSubmit", submit);
  }

  /** What a worker copies to where the driver runs; the classes are on its class path. */
  private Path emptyJar() throws IOException {
    Path jar = folder.resolve("empty.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
      out.finish();
    }
    return jar;
  }

  private Map<String, String> settings() throws IOException {
    return Map.of(
        "spark.ui.enabled", "false",
        "spark.executor.memory", "768m",
        "spark.executor.cores", Integer.toString(CORES),
        // Two executors share the cores of this machine: threads that spin would starve others.
        "spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE",
        "spark.sql.shuffle.partitions", "2",
        "spark.executor.extraClassPath", classPath(),
        "spark.executor.extraJavaOptions", quickly());
  }

  private static boolean isFlag(String line) {
    return line.startsWith("-");
  }

  private String quickly() throws IOException {
    return logOption() + " " + String.join(" ", QUICK);
  }

  private String logOption() throws IOException {
    return "-Dlog4j.configurationFile=" + logging("info");
  }

  /** The executors that live now: the only processes that workers start for a driver outside. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.toHandle().children()).toList();
  }

  /** What the executors of all jobs so far logged, each in a text of its own. */
  List<String> executorLogs() throws IOException {
    List<String> logs = new ArrayList<>();
    for (String worker : List.of("worker0", "worker1")) {
      try (Stream<Path> files = Files.walk(folder.resolve(worker))) {
        for (Path file : files.filter(f -> f.endsWith("stderr")).toList()) {
          logs.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return logs;
  }

  /** What a process logged so far. */
  String logged(String name) throws IOException {
    return Files.readString(log(name), StandardCharsets.ISO_8859_1);
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private String find(String name, Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(logged(name));
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Waits until something holds. */
  void await(String what, Callable<Boolean> holds) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("Waited in vain for " + what + "; see " + logs());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String logs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        all.append(file).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 20), lines.size())
            .forEach(line -> all.append(line).append('\n'));
      }
      return all.toString();
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    processes.forEach(process -> process.onExit().join());
  }
}
