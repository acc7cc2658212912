package io.superneurons.jobs;

import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.jobs.select.SmallTables;
import io.superneurons.neuron.statistics.PairedTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the Super Neurons of {@link ReportFixture} come to. */
final class ReportTables {
  private ReportTables() {}

  /** Writes the tables that select writes on its driver. */
  static void write(SmallTables tables) throws IOException {
    tables.writeEvaluations(evaluations());
    tables.writeCurves(curves());
    tables.writeComparisons(comparisons());
    tables.writeOtherAnswers(List.of(new OtherAnswer(ReportFixture.PLAIN, "<i>teal", 3)));
    tables.writeSharedNeurons(shared());
    tables.writeTransfers(transfers());
  }

  private static List<Evaluation> evaluations() {
    List<Evaluation> all = new ArrayList<>();
    all.addAll(of(ReportFixture.ODD, "validation", 20, 0.99, 0.9));
    all.addAll(of(ReportFixture.ODD, "test", 40, 0.7, 0.9));
    all.addAll(of(ReportFixture.ODD, "shifted", 30, 0.65, 0.65));
    all.addAll(of(ReportFixture.PLAIN, "test", 41, 0.95, 0.8));
    all.addAll(of(ReportFixture.PLAIN, "shifted", 31, 0.85, 0.75));
    return all;
  }

  private static List<Evaluation> of(
      String task, String set, int rows, double superNeurons, double answer) {
    Optional<Evaluation.Interval> interval =
        Optional.of(new Evaluation.Interval(superNeurons - 0.1, superNeurons + 0.05));
    return List.of(
        evaluation(task, set, "random_neurons", 0.5, rows, Optional.empty()),
        evaluation(task, set, "model_answer", answer, rows, Optional.empty()),
        evaluation(task, set, Evaluation.SUPER_NEURONS, superNeurons, rows, interval),
        new Evaluation(
            task,
            set,
            Evaluation.SUPER_NEURONS,
            "mcc",
            0.1234,
            rows,
            Optional.empty(),
            OptionalInt.of(2),
            OptionalInt.of(1)));
  }

  private static Evaluation evaluation(
      String task,
      String set,
      String method,
      double value,
      int rows,
      Optional<Evaluation.Interval> interval) {
    return new Evaluation(
        task,
        set,
        method,
        "accuracy",
        value,
        rows,
        interval,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static List<Comparison> comparisons() {
    return List.of(
        new Comparison(ReportFixture.ODD, "test", "model_answer", new PairedTest(2, 10)),
        new Comparison(ReportFixture.ODD, "shifted", "model_answer", new PairedTest(3, 3)),
        new Comparison(ReportFixture.PLAIN, "test", "model_answer", new PairedTest(12, 2)),
        new Comparison(ReportFixture.PLAIN, "shifted", "model_answer", new PairedTest(5, 1)));
  }

  private static List<Transfer> transfers() {
    return List.of(
        new Transfer(ReportFixture.ODD, "third", "test", "accuracy", 0.625, 0.9, 40),
        new Transfer("third", ReportFixture.ODD, "test", "accuracy", 0.75, 0.7, 40));
  }

  private static List<SharedNeuron> shared() {
    Neuron two = new Neuron(1, Site.MLP_POST, 7);
    Neuron also = new Neuron(0, Site.ATTN_Z, 3);
    return List.of(
        new SharedNeuron(also, ReportFixture.ODD, 1, true, 1, 0.9),
        new SharedNeuron(also, ReportFixture.PLAIN, 12, false, 1, 0.9),
        new SharedNeuron(two, ReportFixture.ODD, 2, true, -1, 0.85),
        new SharedNeuron(two, ReportFixture.PLAIN, 30, false, 1, 0.8),
        new SharedNeuron(two, "third", 3, false, 1, 0.8));
  }

  private static List<CurvePoint> curves() {
    List<CurvePoint> points = new ArrayList<>();
    for (String task : List.of(ReportFixture.ODD, ReportFixture.PLAIN)) {
      for (String set : List.of("validation", "test")) {
        for (int k : new int[] {5, 1, 2}) {
          points.add(new CurvePoint(task, set, CurvePoint.Along.TOP_K, k, 0.6 + k / 50.0));
        }
        if (task.equals(ReportFixture.PLAIN)) {
          points.add(new CurvePoint(task, set, CurvePoint.Along.EXIT_TOWER_LAYER, 1, 0.65));
          points.add(new CurvePoint(task, set, CurvePoint.Along.EXIT_TOWER_LAYER, 0, 0.625));
        }
        points.add(new CurvePoint(task, set, CurvePoint.Along.EXIT_LAYER, 0, 0.7));
        points.add(new CurvePoint(task, set, CurvePoint.Along.EXIT_LAYER, 1, 0.8));
      }
    }
    return points;
  }
}
