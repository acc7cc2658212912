package io.superneurons.jobs.bench.select;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.Float16;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Split;
import io.superneurons.jobs.extract.ActivationsWriter;
import io.superneurons.jobs.parquet.ParquetRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;

/**
 * Writes a folder of activations as extract does: normal numbers, and neurons among them whose mean
 * differs between a task's labels.
 */
final class PlantedActivations {
  private static final int FILES = 4;

  /** Standard deviations between the labels' means. */
  private static final float SHIFT = 1.25f;

  private final SelectBenchPlan plan;
  private final List<LayerSite> columns;
  private final List<List<Neuron>> planted;
  private final ByteBuffer[] vectors;
  private final SplittableRandom random;
  private final short[] normal = new short[1 << Short.SIZE];

  private PlantedActivations(SelectBenchPlan plan) {
    this.plan = plan;
    this.columns = plan.layout().columns();
    this.planted = plan.plantedNeurons();
    this.random = new SplittableRandom(plan.seed() + 1);
    Random draws = new Random(plan.seed() + 2);
    for (int i = 0; i < normal.length; i++) {
      normal[i] = Float16.fromFloat((float) draws.nextGaussian());
    }
    this.vectors =
        columns.stream()
            .map(column -> plan.layout().width(column) * Short.BYTES)
            .map(bytes -> ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN))
            .toArray(ByteBuffer[]::new);
  }

  /** Writes them into a new folder. */
  static void write(SelectBenchPlan plan, Path folder) throws IOException {
    PlantedActivations activations = new PlantedActivations(plan);
    List<String> names = activations.columns.stream().map(LayerSite::column).toList();
    MessageType schema = ParquetRows.schema("activations", ActivationsWriter.COLUMNS, names);
    Files.createDirectories(folder);
    Configuration conf = new Configuration();
    for (int file = 0; file < FILES; file++) {
      Path path = folder.resolve(String.format(Locale.ROOT, "part-%05d.parquet", file));
      try (ParquetWriter<Object[]> writer =
          ParquetRows.open(conf, new org.apache.hadoop.fs.Path(path.toUri()), schema)) {
        int to = (int) ((long) plan.rows() * (file + 1) / FILES);
        for (int row = (int) ((long) plan.rows() * file / FILES); row < to; row++) {
          writer.write(activations.row(row));
        }
      }
    }
    Files.writeString(folder.resolve(ActivationsMetadata.FILE_NAME), plan.metadata().toJson());
  }

  private Object[] row(int row) {
    int task = row % plan.tasks();
    int ofTask = row / plan.tasks();
    int hidden = random.nextInt(2);
    int other = random.nextInt(2);
    int label = plan.labels() == SelectBenchPlan.Labels.PLANTED ? hidden : other;
    draw();
    for (Neuron neuron : planted.get(task)) {
      shift(neuron, hidden);
    }
    Object[] strings = {
      Long.toHexString(random.nextLong()),
      SelectBenchPlan.task(task),
      split(ofTask).label(),
      row + ".png",
      "Is it there?",
      label == 1 ? "yes" : "no",
      null
    };
    Object[] values = new Object[strings.length + vectors.length];
    System.arraycopy(strings, 0, values, 0, strings.length);
    for (int i = 0; i < vectors.length; i++) {
      values[strings.length + i] = vectors[i].array();
    }
    return values;
  }

  /** Of ten rows one tests, one validates and eight probe. */
  private static Split split(int ofTask) {
    return switch (ofTask % 10) {
      case 0 -> Split.TEST;
      case 1 -> Split.VALIDATION;
      default -> Split.PROBE;
    };
  }

  /** Every scalar is one of many normal numbers; a random long picks four. */
  private void draw() {
    for (ByteBuffer vector : vectors) {
      for (int at = 0; at < vector.capacity(); at += Long.BYTES) {
        long picks = random.nextLong();
        for (int i = at; i < Math.min(at + Long.BYTES, vector.capacity()); i += Short.BYTES) {
          vector.putShort(i, normal[(int) picks & 0xffff]);
          picks >>>= Short.SIZE;
        }
      }
    }
  }

  private void shift(Neuron neuron, int label) {
    ByteBuffer vector = vectors[columns.indexOf(neuron.layerSite())];
    int at = neuron.index() * Short.BYTES;
    float sign = neuron.index() % 2 == 0 ? 1 : -1;
    float value = Float16.toFloat(vector.getShort(at)) + sign * SHIFT * label;
    vector.putShort(at, Float16.fromFloat(value));
  }
}
