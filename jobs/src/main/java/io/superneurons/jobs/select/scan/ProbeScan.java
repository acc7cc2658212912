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
import java.util.Map;
import java.util.stream.IntStream;

/** Fits linear probes to one column's vectors; runs within a Spark task. */
public final class ProbeScan {
  private static final int[] ALL = IntStream.range(0, LinearProbe.penalties()).toArray();

  private final ScanPlan work;
  private final LayerSite column;
  private final int[] tasks;
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

  private ProbeScan(ScanPlan work, ProbeRequest request, ProbeRows rows, NeuronMatrix matrix) {
    this.work = work;
    this.column = request.column();
    this.tasks = request.tasks();
    this.rows = rows;
    this.width = work.metadata().layout().width(column);
    this.matrix = matrix;
  }

  /** Reads what requests need in one pass over the files. */
  private static List<ProbeScan> read(ScanPlan work, List<ProbeRequest> requests, ProbeRows rows) {
    List<NeuronMatrix> matrices =
        NeuronMatrix.read(
            work, requests.stream().map(request -> wanted(work, request, rows)).toList());
    return IntStream.range(0, matrices.size())
        .mapToObj(i -> new ProbeScan(work, requests.get(i), rows, matrices.get(i)))
        .toList();
  }

  private static NeuronMatrix.Wanted wanted(ScanPlan work, ProbeRequest request, ProbeRows rows) {
    int width = work.metadata().layout().width(request.column());
    int[] all = IntStream.range(0, width).toArray();
    return new NeuronMatrix.Wanted(request.column(), all, rows.wanted(work, request.tasks()));
  }

  /** The best penalty of each task on each column that it is asked for. */
  public static List<Setting> choose(ScanPlan work, List<ProbeRequest> requests) {
    return read(work, requests, ProbeRows.CHOOSING).stream()
        .map(ProbeScan::best)
        .flatMap(List::stream)
        .toList();
  }

  private List<Setting> best() {
    List<Setting> settings = new ArrayList<>();
    for (int task : tasks) {
      Confusion[] checks = check(task);
      Setting best = null;
      for (int penalty = 0; penalty < checks.length; penalty++) {
        double score = work.plan(task).metric().of(checks[penalty]);
        if (best == null || score > best.score) {
          best = new Setting(task, column, penalty, score);
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
   * Fits one probe per task with its setting, then reads the columns again and lets all of them
   * predict.
   *
   * @param settings one per task of the requests
   */
  public static List<Answer> answer(
      ScanPlan work, List<ProbeRequest> requests, Map<Integer, Setting> settings) {
    List<Predictions> fitted =
        read(work, requests, ProbeRows.KEPT).stream().map(scan -> scan.fitted(settings)).toList();
    work.reader()
        .read(
            fitted.stream()
                .map(p -> new ActivationReader.Wanted(p.scan.column, p.scan.width, p::add))
                .toList());
    return fitted.stream().map(p -> p.answers(settings)).flatMap(List::stream).toList();
  }

  private Predictions fitted(Map<Integer, Setting> settings) {
    Predictions fitted = new Predictions(this);
    for (int task : tasks) {
      Trial trial = rows.trials(work.plan(task))[0];
      fit(task, trial, settings.get(task).penalty).forEach(p -> fitted.probes[task] = p);
      fitted.predicted[task] = new int[work.plan(task).rows().size()];
    }
    return fitted;
  }

  /** What the probes of a column's tasks say. */
  private static final class Predictions {
    private final ProbeScan scan;
    private final LinearProbe[] probes;
    private final int[][] predicted;
    private final double[] row;

    Predictions(ProbeScan scan) {
      this.scan = scan;
      this.probes = new LinearProbe[scan.work.tasks().size()];
      this.predicted = new int[probes.length][];
      this.row = new double[scan.width];
    }

    /** Lets the probe of the row's task predict from its vector. */
    void add(int at, ByteBuffer scalars) {
      int task = scan.work.taskOf(at);
      if (task >= 0 && probes[task] != null) {
        scan.decode(scalars, row);
        predicted[task][at - scan.work.start(task)] = probes[task].predict(row);
      }
    }

    List<Answer> answers(Map<Integer, Setting> settings) {
      return Arrays.stream(scan.tasks)
          .filter(task -> probes[task] != null)
          .mapToObj(task -> answer(scan.work, settings.get(task), predicted[task]))
          .toList();
    }
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
