package io.superneurons.jobs;

import io.superneurons.neuron.HeldOut;
import io.superneurons.neuron.MarginCurve;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;

/** Writes the small tables of select's output, a file each. */
final class SelectTables {
  private static final String FILE = "part-00000.parquet";
  private static final MessageType EVALUATIONS =
      new TableColumns()
          .strings("task", "set", "method", "metric")
          .numbers("value")
          .integers("n")
          .numbers("ci_low", "ci_high")
          .integers("k", "exit_layer")
          .named("evaluations");
  private static final MessageType CURVES =
      new TableColumns()
          .strings("task", "set", "x_name")
          .integers("x")
          .numbers("value")
          .named("curves");

  private static final MessageType MARGINS =
      new TableColumns()
          .strings("task")
          .integers("exit_layer")
          .numbers("margin", "answered", "accuracy")
          .named("margins");

  private static final MessageType SHARED_NEURONS =
      new TableColumns()
          .integers("layer")
          .strings("site")
          .integers("index")
          .strings("task")
          .integers("rank")
          .flags("selected")
          .integers("polarity")
          .numbers("probe")
          .named("shared_neurons");

  private static final MessageType TRANSFER =
      new TableColumns()
          .strings("from_task", "to_task", "set", "metric")
          .numbers("value", "own")
          .integers("n")
          .named("transfer");

  private final Configuration hadoop;
  private final String output;

  SelectTables(Configuration hadoop, String output) {
    this.hadoop = hadoop;
    this.output = output;
  }

  /** Writes {@code evaluations}. */
  void writeEvaluations(List<SelectEvaluation> evaluations) throws IOException {
    List<Object[]> rows = evaluations.stream().map(SelectTables::row).toList();
    write(rows, EVALUATIONS);
  }

  private static Object[] row(SelectEvaluation e) {
    return new Object[] {
      e.task(),
      e.set(),
      e.method(),
      e.metric(),
      e.value(),
      e.rows(),
      e.interval() == null ? null : e.interval().low(),
      e.interval() == null ? null : e.interval().high(),
      e.topK(),
      e.exitLayer()
    };
  }

  /** Writes {@code curves}. */
  void writeCurves(List<SelectCurvePoint> points) throws IOException {
    List<Object[]> rows =
        points.stream()
            .map(p -> new Object[] {p.task(), p.set(), p.xName(), p.x(), p.value()})
            .toList();
    write(rows, CURVES);
  }

  /** Writes {@code margins}: what thresholds of a level's margin do on held-out rows. */
  void writeMargins(List<TaskSuperNeurons> tasks) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (TaskSuperNeurons task : tasks) {
      Optional<HeldOut> heldOut = task.cascade().heldOut();
      for (int level = 0; heldOut.isPresent() && level < heldOut.get().levels(); level++) {
        int exitLayer = task.levels().get(level).exitLayer();
        for (MarginCurve.Point point : MarginCurve.of(heldOut.get(), level)) {
          rows.add(
              new Object[] {
                task.task(), exitLayer, point.threshold(), point.answered(), point.accuracy()
              });
        }
      }
    }
    write(rows, MARGINS);
  }

  /**
   * Writes {@code transfer}: each task's Super Neurons on the rows of tasks with the same labels.
   */
  void writeTransfers(List<SelectTransfer> transfers) throws IOException {
    List<Object[]> rows =
        transfers.stream()
            .map(
                t ->
                    new Object[] {
                      t.from(), t.to(), t.set(), t.metric(), t.value(), t.own(), t.rows()
                    })
            .toList();
    write(rows, TRANSFER);
  }

  /** Writes {@code shared_neurons}: those that serve several tasks. */
  void writeSharedNeurons(List<SharedNeuron> neurons) throws IOException {
    List<Object[]> rows =
        neurons.stream()
            .map(
                n ->
                    new Object[] {
                      n.neuron().layer(),
                      n.neuron().site().label(),
                      n.neuron().index(),
                      n.task(),
                      n.rank(),
                      n.selected(),
                      n.polarity(),
                      n.probe()
                    })
            .toList();
    write(rows, SHARED_NEURONS);
  }

  private void write(List<Object[]> rows, MessageType schema) throws IOException {
    Path file = new Path(new Path(output, schema.getName()), FILE);
    try (ParquetWriter<Object[]> writer = ParquetRows.openTable(hadoop, file, schema)) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
  }
}
