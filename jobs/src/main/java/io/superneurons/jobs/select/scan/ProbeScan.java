package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.baseline.LinearProbe;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.values.Keys;
import io.superneurons.neuron.vote.Votes;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Fits linear probes to one column's vectors; runs within a Spark task. */
public final class ProbeScan {
  private static final int[] ALL = IntStream.range(0, LinearProbe.penalties()).toArray();

  private final ScanPlan work;
  private final LayerSite column;
  private final ProbeRows rows;
  private final NeuronMatrix matrix;
  private final int width;

  /**
   * A layer and penalty for a task.
   *
   * @param task by index
   * @param column the layer's residual stream
   * @param penalty by index
   * @param score the metric on validation rows, or on the rows that folds hold out
   */
  public record Setting(int task, LayerSite column, int penalty, double score)
      implements Serializable {}

  /**
   * What the probe says of every row of a task.
   *
   * @param task by index
   * @param layer whose residual stream it reads
   * @param predicted one label per row
   */
  public record Answer(int task, ModelLayer layer, Votes predicted) implements Serializable {}

  private ProbeScan(ScanPlan work, ProbeRequest request, ProbeRows rows) {
    this.work = work;
    this.column = request.column();
    this.rows = rows;
    this.width = work.metadata().layout().width(column);
    int[] all = IntStream.range(0, width).toArray();
    this.matrix = NeuronMatrix.read(work, column, all, rows.wanted(work, request.tasks()));
  }

  /** The best penalty of each task on this column. */
  public static List<Setting> choose(ScanPlan work, ProbeRequest request) {
    ProbeScan scan = new ProbeScan(work, request, ProbeRows.CHOOSING);
    List<Setting> settings = new ArrayList<>();
    for (int task : request.tasks()) {
      Confusion[] checks = scan.check(task);
      Setting best = null;
      for (int penalty = 0; penalty < checks.length; penalty++) {
        double score = work.plan(task).metric().of(checks[penalty]);
        if (best == null || score > best.score) {
          best = new Setting(task, request.column(), penalty, score);
        }
      }
      if (!Double.isNaN(best.score)) {
        settings.add(best);
      }
    }
    return settings;
  }

  /** The predictions for all check rows: one confusion matrix per penalty. */
  private Confusion[] check(int task) {
    TaskPlan plan = work.plan(task);
    int labels = plan.rows().labels().size();
    Confusion[] checks = new Confusion[LinearProbe.penalties()];
    Arrays.setAll(checks, penalty -> new Confusion(labels));
    for (Trial trial : rows.trials(plan)) {
      List<LinearProbe> probes = fit(task, trial, ALL);
      double[][] features = ProbeRows.features(matrix, positions(task), trial.check());
      double[] row = new double[width];
      for (int i = 0; i < trial.check().length && !probes.isEmpty(); i++) {
        for (int f = 0; f < width; f++) {
          row[f] = features[f][i];
        }
        for (int penalty = 0; penalty < checks.length; penalty++) {
          checks[penalty].add(given(plan, trial.check()[i]), probes.get(penalty).predict(row));
        }
      }
    }
    return checks;
  }

  private List<LinearProbe> fit(int task, Trial trial, int... penalties) {
    TaskPlan plan = work.plan(task);
    int[] given = Arrays.stream(trial.fit()).map(row -> given(plan, row)).toArray();
    double[][] features = ProbeRows.features(matrix, positions(task), trial.fit());
    return LinearProbe.fit(features, given, plan.rows().labels().size(), penalties);
  }

  private int[] positions(int task) {
    return matrix.positions(work.start(task), work.plan(task).rows().size());
  }

  private static int given(TaskPlan plan, int row) {
    return plan.rows().given()[row];
  }

  /**
   * Fits one probe per task with its setting, then reads the column again and lets all of them
   * predict.
   *
   * @param settings one per task of the request
   */
  public static List<Answer> answer(ScanPlan work, ProbeRequest request, List<Setting> settings) {
    ProbeScan scan = new ProbeScan(work, request, ProbeRows.KEPT);
    LinearProbe[] probes = new LinearProbe[work.tasks().size()];
    int[][] predicted = new int[probes.length][];
    for (Setting setting : settings) {
      Trial trial = scan.rows.trials(work.plan(setting.task))[0];
      scan.fit(setting.task, trial, setting.penalty).forEach(p -> probes[setting.task] = p);
      predicted[setting.task] = new int[work.plan(setting.task).rows().size()];
    }
    double[] row = new double[scan.width];
    work.reader()
        .read(
            scan.column,
            scan.width,
            (at, scalars) -> {
              int task = work.taskOf(at);
              if (task >= 0 && probes[task] != null) {
                scan.decode(scalars, row);
                predicted[task][at - work.start(task)] = probes[task].predict(row);
              }
            });
    return settings.stream()
        .filter(s -> probes[s.task] != null)
        .map(s -> answer(work, s, predicted[s.task]))
        .toList();
  }

  private static Answer answer(ScanPlan work, Setting setting, int[] predicted) {
    int labels = work.plan(setting.task).rows().labels().size();
    Votes votes = Votes.of(labels, predicted.length, row -> predicted[row]);
    return new Answer(setting.task, setting.column.modelLayer(), votes);
  }

  private void decode(ByteBuffer scalars, double[] row) {
    for (int i = 0; i < width; i++) {
      row[i] =
          ProbeRows.finite(
              switch (work.metadata().storeDType()) {
                case FLOAT16 -> Keys.FLOAT16.value(Keys.ofHalf(scalars.getShort(2 * i)));
                case FLOAT32 -> scalars.getFloat(4 * i);
              });
    }
  }
}
