package io.superneurons.jobs.report.neuron;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.StoreDType;
import io.superneurons.activation.TaskName;
import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads the values of some tasks' best neurons on some of their rows from activations. */
public final class CardReader {
  /** Rows of a task whose values are read: more do not change a histogram. */
  static final int MOST_ROWS = 20_000;

  private static final List<String> TEXTS = List.of("id", "task", "image", "label");

  private final Map<String, Wanted> tasks = new TreeMap<>();
  private final Set<LayerSite> columns = new TreeSet<>();

  /** What is wanted of a task, and what was found. */
  private record Wanted(
      List<String> labels, List<Neuron> neurons, Set<String> ids, List<CardRow> found) {}

  /**
   * Asks for values.
   *
   * @param neurons how many of the task's neurons, the best first
   * @param ids of the rows
   */
  public void want(TaskSuperNeurons task, int neurons, Set<String> ids) {
    List<Neuron> best =
        task.neurons().stream().limit(neurons).map(member -> member.neuron()).toList();
    if (!best.isEmpty() && !ids.isEmpty()) {
      tasks.put(task.task(), new Wanted(task.labels(), best, ids, new ArrayList<>()));
      best.forEach(neuron -> columns.add(neuron.layerSite()));
    }
  }

  /**
   * Reads a folder of activations.
   *
   * @return rows by task, in the order of the files
   */
  public Map<String, List<CardRow>> read(Configuration conf, String folder, StoreDType dtype) {
    Map<String, List<CardRow>> rows = new HashMap<>();
    if (tasks.isEmpty()) {
      return rows;
    }
    List<String> names = new ArrayList<>(TEXTS);
    columns.forEach(column -> names.add(column.column()));
    ActivationCodec codec = new ActivationCodec(dtype);
    new TableReader(conf).readPresent(new Path(folder), names, row -> take(row, codec));
    tasks.forEach((task, wanted) -> rows.put(task, wanted.found));
    return rows;
  }

  private void take(TableRow row, ActivationCodec codec) {
    Wanted wanted = tasks.get(row.textIfAny("task").orElse(TaskName.DEFAULT));
    String id = row.textIfAny("id").orElse("");
    if (wanted == null || wanted.found.size() >= MOST_ROWS || !wanted.ids.contains(id)) {
      return;
    }
    int label = wanted.labels.indexOf(row.textIfAny("label").orElse(""));
    float[] values = new float[wanted.neurons.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row, wanted.neurons.get(i), codec);
    }
    wanted.found.add(new CardRow(id, row.textIfAny("image"), label, values));
  }

  private static float value(TableRow row, Neuron neuron, ActivationCodec codec) {
    String column = neuron.layerSite().column();
    if (row.isNull(column)) {
      return Float.NaN;
    }
    float[] one = new float[1];
    codec.decode(ByteBuffer.wrap(row.bytes(column)), neuron.index(), one);
    return one[0];
  }
}
