package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.parquet.TableReader;
import io.superneurons.jobs.parquet.TableRow;
import io.superneurons.jobs.parquet.TableSchema;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.SharedNeuron;
import io.superneurons.jobs.results.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What select writes of the tables that others read is what they read. */
class SmallTablesTest {
  private final Configuration conf = new Configuration();
  @TempDir private Path folder;
  private SmallTables tables;

  @BeforeEach
  void open() {
    tables = new SmallTables(conf, folder.toString());
  }

  private <T> List<T> read(TableSchema schema, Function<TableRow, T> of) {
    List<T> rows = new ArrayList<>();
    new TableReader(conf)
        .read(path(schema.name()), schema.columns(), row -> rows.add(of.apply(row)));
    return rows;
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  @Test
  void evaluations() throws IOException {
    List<Evaluation> written =
        List.of(
            new Evaluation(
                "t",
                "test",
                Evaluation.SUPER_NEURONS,
                "mcc",
                0.5,
                40,
                Optional.of(new Evaluation.Interval(0.25, 0.75)),
                OptionalInt.of(3),
                OptionalInt.of(7)),
            new Evaluation(
                "t",
                "test",
                "majority",
                "mcc",
                Double.NaN,
                40,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty()));
    tables.writeEvaluations(written);
    assertEquals(written, read(Evaluation.SCHEMA, Evaluation::of));
    assertEquals(
        List.of(
            "task",
            "set",
            "method",
            "metric",
            "value",
            "n",
            "ci_low",
            "ci_high",
            "k",
            "exit_layer"),
        Evaluation.SCHEMA.columns());
  }

  @Test
  void curves() throws IOException {
    List<CurvePoint> written =
        List.of(
            new CurvePoint("t", "validation", CurvePoint.Along.TOP_K, 5, 0.5),
            new CurvePoint("t", "test", CurvePoint.Along.EXIT_LAYER, 0, 0.25));
    tables.writeCurves(written);
    assertEquals(written, read(CurvePoint.SCHEMA, CurvePoint::of));
    assertEquals(List.of("task", "set", "x_name", "x", "value"), CurvePoint.SCHEMA.columns());
  }

  @Test
  void aCurveThatIsNotKnownIsRefused() throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path("curves"), "part.parquet");
    try (ParquetWriter<Object[]> writer = ParquetRows.openTable(conf, file, CurvePoint.SCHEMA)) {
      writer.write(new Object[] {"t", "test", "depth", 1, 0.5});
    }
    String message =
        assertThrows(ConfigurationException.class, () -> read(CurvePoint.SCHEMA, CurvePoint::of))
            .getMessage();
    assertTrue(message.endsWith("part.parquet: no curve runs along 'depth'"), message);
  }

  @Test
  void transfers() throws IOException {
    List<Transfer> written = List.of(new Transfer("a", "b", "test", "accuracy", 0.5, 0.75, 40));
    tables.writeTransfers(written);
    assertEquals(written, read(Transfer.SCHEMA, Transfer::of));
    assertEquals(
        List.of("from_task", "to_task", "set", "metric", "value", "own", "n"),
        Transfer.SCHEMA.columns());
  }

  @Test
  void sharedNeurons() throws IOException {
    List<SharedNeuron> written =
        List.of(
            new SharedNeuron(new Neuron(3, Site.MLP_POST, 9), "a", 1, true, -1, 0.75),
            new SharedNeuron(new Neuron(3, Site.MLP_POST, 9), "b", 12, false, 1, 0.5));
    tables.writeSharedNeurons(written);
    assertEquals(written, read(SharedNeuron.SCHEMA, SharedNeuron::of));
    assertEquals(
        List.of("layer", "site", "index", "task", "rank", "selected", "polarity", "probe"),
        SharedNeuron.SCHEMA.columns());
  }
}
