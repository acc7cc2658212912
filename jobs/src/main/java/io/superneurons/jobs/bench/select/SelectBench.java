package io.superneurons.jobs.bench.select;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.bench.Hardware;
import io.superneurons.jobs.bench.LiveHeap;
import io.superneurons.jobs.bench.ProcessMemory;
import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.select.SelectOutput;
import io.superneurons.jobs.select.SelectRun;
import io.superneurons.jobs.select.settings.SelectOptions;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Runs select and the NumPy program on the same files, one after the other. */
final class SelectBench {
  private static final String SCRIPT = "numpy_select.py";

  private final SelectBenchPlan plan;
  private final Path activations;
  private final Path work;
  private final String shardMemory;
  private final PrintStream progress;

  /**
   * A benchmark.
   *
   * @param activations a folder that {@link PlantedActivations} wrote
   * @param work an empty folder for results
   * @param progress gets one line per step
   */
  SelectBench(
      SelectBenchPlan plan, Path activations, Path work, String shardMemory, PrintStream progress) {
    this.plan = plan;
    this.activations = activations;
    this.work = work;
    this.shardMemory = shardMemory;
    this.progress = progress;
  }

  /** Runs both sides; without a Python only this one. */
  SelectBenchResult run(Optional<String> python) throws IOException {
    double loadBefore = systemLoad();
    long start = System.nanoTime();
    SparkSession spark = Sessions.open("superneurons bench-select");
    double sparkStart = secondsSince(start);
    JobTimes times = new JobTimes();
    spark.sparkContext().addSparkListener(times);
    int cores = spark.sparkContext().defaultParallelism();
    double selectSeconds;
    SelectBenchResult.Found found;
    long peak;
    long live;
    try (LiveHeap heap = LiveHeap.open()) {
      progress.println("select");
      ProcessMemory.resetPeak();
      start = System.nanoTime();
      select(spark);
      selectSeconds = secondsSince(start);
      peak = ProcessMemory.peakBytes();
      live = heap.mostBytes();
      found = found(spark);
    } finally {
      spark.stop(); // and with it the last events have come
    }
    JsonNode numpy = python.isEmpty() ? null : numpy(python.get(), cores);
    Map<String, Double> phases = times.seconds();
    return new SelectBenchResult(
        plan,
        Hardware.here(),
        cores,
        plan.layout().neurons() * plan.rows() * Short.BYTES,
        List.of(loadBefore, systemLoad()),
        sparkStart,
        selectSeconds,
        phases,
        peak,
        live,
        Runtime.getRuntime().maxMemory(),
        found,
        numpy,
        ratios(numpy, phases, selectSeconds));
  }

  private Path output() {
    return work.resolve("selection");
  }

  /** With the rule that the other side fits, so that both do the same work. */
  private void select(SparkSession spark) throws IOException {
    SelectOptions options =
        CommandLine.populateSpec(
            SelectOptions.class,
            "--activations",
            activations.toString(),
            "--output",
            output().toString(),
            "--choose-on",
            "validation",
            "--fit-on",
            "probe",
            "--rule",
            "best-cut",
            "--shard-memory",
            shardMemory);
    OutputFolder folder =
        OutputFolder.check(
            spark.sparkContext().hadoopConfiguration(), output().toString(), Existing.REFUSE);
    PrintWriter terminal = new PrintWriter(progress, true, StandardCharsets.UTF_8);
    new SelectRun(spark, SelectSettings.of(options), new SelectOutput(folder, terminal)).run();
  }

  private SelectBenchResult.Found found(SparkSession spark) throws IOException {
    Set<String> planted = new LinkedHashSet<>();
    Map<String, List<Neuron>> byTask = new HashMap<>();
    for (List<Neuron> neurons : plan.plantedNeurons()) {
      String task = SelectBenchPlan.task(byTask.size());
      byTask.put(task, neurons);
      neurons.forEach(neuron -> planted.add(name(task, neuron)));
    }
    List<String> significant = new ArrayList<>();
    for (Row row :
        spark
            .read()
            .parquet(output().resolve("scores").toString())
            .where(col("q_value").lt(0.05))
            .select("task", "layer", "site", "index")
            .collectAsList()) {
      Neuron neuron = new Neuron(row.getInt(1), Site.of(row.getString(2)), row.getInt(3));
      significant.add(name(row.getString(0), neuron));
    }
    long found = significant.stream().filter(planted::contains).count();
    Path file = output().resolve(SuperNeurons.FILE_NAME);
    long voting = 0;
    long selected = 0;
    long withinExit = 0;
    for (TaskSuperNeurons task :
        SuperNeurons.fromJson(Files.readString(file), file.toString()).tasks()) {
      voting += task.neurons().size();
      selected +=
          task.neurons().stream()
              .filter(member -> planted.contains(name(task.task(), member.neuron())))
              .count();
      withinExit +=
          byTask.get(task.task()).stream()
              .filter(neuron -> neuron.modelLayer().compareTo(task.exitLayer()) <= 0)
              .count();
    }
    return new SelectBenchResult.Found(
        planted.size(), found, significant.size() - found, voting, selected, withinExit);
  }

  private static String name(String task, Neuron neuron) {
    return task + " " + neuron;
  }

  private JsonNode numpy(String python, int threads) throws IOException {
    progress.println("NumPy");
    Path script = work.resolve(SCRIPT);
    try (InputStream source =
        SelectBench.class.getResourceAsStream("/io/superneurons/jobs/bench/" + SCRIPT)) {
      Files.copy(source, script);
    }
    Process process =
        new ProcessBuilder(
                python,
                script.toString(),
                "--activations",
                activations.toString(),
                "--scores",
                output().resolve("scores").toString(),
                "--threads",
                Integer.toString(threads))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String reply = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "The NumPy program failed, see above; --python none leaves it out. " + reply);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
    return new ObjectMapper().readTree(reply);
  }

  private static Map<String, Double> ratios(
      JsonNode numpy, Map<String, Double> phases, double selectSeconds) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    if (numpy != null) {
      double seconds = numpy.path("seconds").asDouble();
      ratios.put("numpy_over_scan", seconds / phases.get(SelectBenchResult.SCAN));
      ratios.put("numpy_over_select", seconds / selectSeconds);
    }
    return ratios;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double systemLoad() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
