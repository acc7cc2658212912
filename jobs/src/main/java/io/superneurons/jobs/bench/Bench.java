package io.superneurons.jobs.bench;

import io.superneurons.jobs.bench.shape.Questions;
import io.superneurons.jobs.bench.shape.RandomCheckpoint;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.torch.Torch;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Runs every pass on both sides in each repetition, so that what else the machine does falls on all
 * of them alike. One side runs all its passes, then the other: the first pass after the other
 * side's takes up to a tenth longer.
 */
final class Bench {
  private static final String IMAGE = "image";

  private final RandomCheckpoint checkpoint;
  private final BenchPlan plan;
  private final ModelOptions options;
  private final PrintStream progress;
  private final Map<Series, double[]> seconds = new LinkedHashMap<>();
  private final Map<String, Double> openSeconds = new LinkedHashMap<>();
  private final Map<String, ProcessMemory> memory = new LinkedHashMap<>();

  private record Series(Pass pass, String side, int questions) {}

  private interface Timed {
    double seconds();
  }

  /**
   * A benchmark.
   *
   * @param checkpoint what is run
   * @param options element type and device; the depth is the benchmark's own
   * @param progress gets one line per repetition
   */
  public Bench(
      RandomCheckpoint checkpoint, BenchPlan plan, ModelOptions options, PrintStream progress) {
    this.checkpoint = checkpoint;
    this.plan = plan;
    this.options = options;
    this.progress = progress;
    if (plan.exitLayer() >= checkpoint.layers()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The exit layer is %d, but only layers 0 to %d are written",
              plan.exitLayer(),
              checkpoint.layers() - 1));
    }
  }

  /**
   * Runs it.
   *
   * @param folder where the checkpoint lies
   * @param work an empty folder for the image and the other side's script
   * @param image that is asked about
   * @param python {@code auto}, {@code none} or a program
   */
  public BenchResult run(Path folder, Path work, TestImage image, String python)
      throws IOException {
    byte[] encoded = image.encoded();
    Files.write(work.resolve(IMAGE), encoded);
    double loadBefore = systemLoad();
    memory.put("start", ProcessMemory.now());
    Map<Opened, Engine> engines = new EnumMap<>(Opened.class);
    try {
      for (Opened opened : Opened.values()) {
        if (opened == Opened.WHOLE
            || plan.passes().stream().anyMatch(pass -> pass.opened() == opened)) {
          engines.put(opened, opened(opened, encoded, folder));
        }
      }
      return compared(engines, folder, work, python, loadBefore);
    } finally {
      engines.values().forEach(Engine::close);
    }
  }

  private BenchResult compared(
      Map<Opened, Engine> engines, Path folder, Path work, String python, double loadBefore)
      throws IOException {
    Engine whole = engines.get(Opened.WHOLE);
    Optional<String> program = HuggingFace.python(python);
    if (program.isEmpty()) {
      measure(engines, null);
      return result(whole, null, loadBefore);
    }
    progress.println("Hugging Face loads the checkpoint");
    try (HuggingFace other =
        HuggingFace.start(
            program.get(), work, arguments(folder, work, whole.computation().type().label()))) {
      openSeconds.put(Measurement.HUGGING_FACE, other.openSeconds());
      measure(engines, other);
      return result(whole, other, loadBefore);
    }
  }

  /** Opens so much of the model and runs a pass. */
  private Engine opened(Opened opened, byte[] encoded, Path folder) {
    Engine engine = new Engine(plan, encoded, folder, options.withDepth(opened.depth(plan)));
    openSeconds.put("engine_" + opened.label(), engine.openSeconds());
    memory.put(opened.label() + "_opened", ProcessMemory.now());
    engine.seconds(opened.first(), 1);
    memory.put(opened.label(), ProcessMemory.now());
    return engine;
  }

  private List<String> arguments(Path folder, Path work, String dtype) {
    return List.of(
        "--model",
        folder.toString(),
        "--image",
        work.resolve(IMAGE).toString(),
        "--question",
        Questions.first(1).get(0),
        "--dtype",
        dtype,
        "--device",
        options.device(),
        "--threads",
        Integer.toString(Torch.threads()),
        "--images",
        Integer.toString(plan.images()),
        "--max-new-tokens",
        Integer.toString(plan.maxNewTokens()));
  }

  private void measure(Map<Opened, Engine> engines, HuggingFace other) {
    for (int run = -plan.warmUp(); run < plan.repetitions(); run++) {
      progress.println(run < 0 ? "warm-up" : "repetition " + (run + 1));
      for (Pass pass : plan.passes()) {
        time(run, pass, engines.get(pass.opened()));
      }
      if (other != null) {
        for (Pass pass : plan.passes().stream().filter(Pass::hasOtherSide).toList()) {
          time(run, pass, Measurement.HUGGING_FACE, 1, () -> other.seconds(pass));
        }
      }
    }
  }

  private void time(int run, Pass pass, Engine engine) {
    time(run, pass, Measurement.ENGINE, 1, () -> engine.seconds(pass, 1));
    if (plan.questions() > 1 && pass.asksQuestions()) {
      int questions = plan.questions();
      time(run, pass, Measurement.ENGINE, questions, () -> engine.seconds(pass, questions));
    }
  }

  private void time(int run, Pass pass, String side, int questions, Timed timed) {
    double taken = timed.seconds();
    progress.printf(
        Locale.ROOT,
        "  %s, %s, questions %d: %.3f s a question%n",
        pass.title(),
        side,
        questions,
        taken / questions);
    if (run >= 0) {
      seconds
              .computeIfAbsent(
                  new Series(pass, side, questions), series -> new double[plan.repetitions()])[
              run] =
          taken;
    }
  }

  private BenchResult result(Engine whole, HuggingFace other, double loadBefore) {
    List<Measurement> measurements = new ArrayList<>();
    seconds.forEach(
        (series, all) ->
            measurements.add(
                Measurement.of(series.pass(), series.side(), series.questions(), all)));
    Medians medians = new Medians(measurements);
    return new BenchResult(
        checkpoint,
        checkpoint.bytes(),
        Hardware.here(),
        Torch.threads(),
        whole.computation().label(),
        plan,
        whole.positions(),
        versions(other),
        List.of(loadBefore, systemLoad()),
        openSeconds,
        memory,
        other == null ? null : agreement(whole, other),
        measurements,
        Ratios.of(medians, plan.questions()),
        AllLayers.of(checkpoint, plan, medians));
  }

  private static Map<String, String> versions(HuggingFace other) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("java", Runtime.version().toString());
    versions.put("libtorch", Torch.version());
    if (other != null) {
      versions.putAll(other.versions());
    }
    return versions;
  }

  private double agreement(Engine whole, HuggingFace other) {
    if (whole.positions() != other.positions()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "The sides do not run the same prompt: %d positions here, %d there",
              whole.positions(),
              other.positions()));
    }
    float[] here = whole.lastResidual();
    float[] there = other.lastResidual();
    double product = 0;
    double squareHere = 0;
    double squareThere = 0;
    for (int i = 0; i < here.length; i++) {
      product += (double) here[i] * there[i];
      squareHere += (double) here[i] * here[i];
      squareThere += (double) there[i] * there[i];
    }
    return product / Math.sqrt(squareHere * squareThere);
  }

  private static double systemLoad() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
