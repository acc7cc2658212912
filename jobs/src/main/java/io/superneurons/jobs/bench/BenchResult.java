package io.superneurons.jobs.bench;

import io.superneurons.activation.JsonFormat;
import io.superneurons.jobs.bench.shape.RandomCheckpoint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a benchmark found; the content of its JSON file. Times are in seconds.
 *
 * @param checkpoint what was run
 * @param checkpointBytes length of its tensors
 * @param hardware the machine
 * @param threads of one operation, on both sides
 * @param dtype of the computation; an int8 tower is on this side only
 * @param plan what was asked for
 * @param positions tokens of a question's prompt, image included
 * @param versions of what took part
 * @param systemLoad average number of processes that wanted to run, before and after: far above the
 *     threads it means that something else ran
 * @param openSeconds from the folder to a model that runs, by side and depth
 * @param memory of this process before anything is opened; with the model opened for labelling, and
 *     after its first pass; and with the whole one opened too
 * @param agreement cosine of both sides' residual stream after the last layer; null without the
 *     other side
 * @param measurements medians a question
 * @param ratios of the medians
 * @param allLayers what the passes would take with all layers of the published model, in seconds a
 *     question, and the ratios of these; empty where all were written
 */
record BenchResult(
    RandomCheckpoint checkpoint,
    long checkpointBytes,
    Hardware hardware,
    int threads,
    String dtype,
    BenchPlan plan,
    int positions,
    Map<String, String> versions,
    List<Double> systemLoad,
    Map<String, Double> openSeconds,
    Map<String, ProcessMemory> memory,
    Double agreement,
    List<Measurement> measurements,
    Map<String, Double> ratios,
    Map<String, Double> allLayers) {
  private static final JsonFormat FORMAT = new JsonFormat("superneurons-bench", 1);

  public BenchResult {
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(hardware, "hardware");
    versions = ordered(versions);
    systemLoad = List.copyOf(systemLoad);
    openSeconds = ordered(openSeconds);
    memory = ordered(memory);
    measurements = List.copyOf(measurements);
    ratios = ordered(ratios);
    allLayers = ordered(allLayers);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The text of its JSON file. */
  public String json() {
    return FORMAT.write(this);
  }
}
