package io.superneurons.jobs.select;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.parquet.TableSchema;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.JudgedRow;
import io.superneurons.jobs.results.LevelMargin;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.jobs.results.ReliabilityBin;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.neuron.cascade.MarginCurve;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;

/** Writes the small tables of select's output, one file per table. */
public final class SmallTables {
  private static final String FILE = "part-00000.parquet";

  private final Configuration hadoop;
  private final String output;

  public SmallTables(Configuration hadoop, String output) {
    this.hadoop = hadoop;
    this.output = output;
  }

  /** Writes {@code evaluations}. */
  public void writeEvaluations(List<Evaluation> evaluations) throws IOException {
    write(evaluations.stream().map(Evaluation::values).toList(), Evaluation.SCHEMA);
  }

  /** Writes {@code curves}. */
  public void writeCurves(List<CurvePoint> points) throws IOException {
    write(points.stream().map(CurvePoint::values).toList(), CurvePoint.SCHEMA);
  }

  /** Writes {@code reliability}. */
  void writeReliability(List<ReliabilityBin> bins) throws IOException {
    write(bins.stream().map(ReliabilityBin::values).toList(), ReliabilityBin.SCHEMA);
  }

  /** Writes {@code comparisons}: Super Neurons beside the baselines. */
  public void writeComparisons(List<Comparison> comparisons) throws IOException {
    write(comparisons.stream().map(Comparison::values).toList(), Comparison.SCHEMA);
  }

  /** Writes {@code other_answers}: the model's own that name no label. */
  public void writeOtherAnswers(List<OtherAnswer> answers) throws IOException {
    write(answers.stream().map(OtherAnswer::values).toList(), OtherAnswer.SCHEMA);
  }

  /** Writes {@code margins}: what thresholds of a level's margin do on held-out rows. */
  void writeMargins(List<TaskSuperNeurons> tasks) throws IOException {
    List<LevelMargin> margins = new ArrayList<>();
    for (TaskSuperNeurons task : tasks) {
      Optional<HeldOut> heldOut = task.cascade().heldOut();
      for (int level = 0; heldOut.isPresent() && level < heldOut.get().levels(); level++) {
        ModelLayer exitLayer = task.levels().get(level).exitLayer();
        for (MarginCurve.Point point : MarginCurve.of(heldOut.get(), level)) {
          margins.add(
              new LevelMargin(
                  task.task(), exitLayer, point.threshold(), point.answered(), point.accuracy()));
        }
      }
    }
    write(margins.stream().map(LevelMargin::values).toList(), LevelMargin.SCHEMA);
  }

  /**
   * Writes {@code transfer}: each task's Super Neurons on the rows of tasks with the same labels.
   */
  public void writeTransfers(List<Transfer> transfers) throws IOException {
    write(transfers.stream().map(Transfer::values).toList(), Transfer.SCHEMA);
  }

  /** Writes {@code shared_neurons}: those that serve several tasks. */
  public void writeSharedNeurons(List<SharedNeuron> neurons) throws IOException {
    write(neurons.stream().map(SharedNeuron::values).toList(), SharedNeuron.SCHEMA);
  }

  /** Writes {@code rows}: what Super Neurons say of each labelled row. */
  void writeRows(JudgedRows rows) throws IOException {
    try (ParquetWriter<Object[]> writer = open(JudgedRow.SCHEMA)) {
      rows.forEach(row -> write(writer, row.values()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(ParquetWriter<Object[]> writer, Object[] row) {
    try {
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(List<Object[]> rows, TableSchema schema) throws IOException {
    try (ParquetWriter<Object[]> writer = open(schema)) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
  }

  private ParquetWriter<Object[]> open(TableSchema schema) throws IOException {
    return ParquetRows.openTable(hadoop, new Path(new Path(output, schema.name()), FILE), schema);
  }
}
