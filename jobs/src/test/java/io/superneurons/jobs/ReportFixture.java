package io.superneurons.jobs;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.parquet.TableSchema;
import io.superneurons.jobs.results.JudgedRow;
import io.superneurons.jobs.select.SmallTables;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A small selection as select writes it: a task whose name needs escaping, on which Super Neurons
 * lose to the model on test, and one with 25 neurons, on which they win; of that one neurons of the
 * vision tower were tried too.
 */
public final class ReportFixture {
  public static final String ODD = "<b>&\"";
  public static final String PLAIN = "plain";

  /** The id of a row. */
  public static final String SCRIPT = "<script>alert(1)</script>";

  public static final ModelIdentity MODEL = new ModelIdentity("tiny & co", "llava", "sha256:abc");

  private static final StructType SCORES =
      new StructType()
          .add("task", StringType)
          .add("layer", IntegerType)
          .add("site", StringType)
          .add("index", IntegerType)
          .add("probe", DoubleType)
          .add("validation", DoubleType)
          .add("q_value", DoubleType);

  private ReportFixture() {}

  /** Writes the selection. */
  public static void write(SparkSession spark, Path folder) throws IOException {
    SmallTables tables =
        new SmallTables(spark.sparkContext().hadoopConfiguration(), folder.toString());
    ReportTables.write(tables);
    spark
        .createDataFrame(scores(), SCORES)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("scores").toString());
    Files.writeString(
        folder.resolve(SuperNeurons.FILE_NAME), ReportSelection.superNeurons().toJson());
    writeTable(folder, JudgedRow.SCHEMA, judged().stream().map(JudgedRow::values).toList());
  }

  private static void writeTable(Path folder, TableSchema schema, List<Object[]> rows)
      throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve(schema.name()).toString(), "part-0.parquet");
    try (ParquetWriter<Object[]> writer =
        ParquetRows.openTable(new Configuration(), file, schema)) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
  }

  /**
   * Of four test rows of the first task one is wrong and one undecided; a row that chose is not to
   * be shown.
   */
  private static List<JudgedRow> judged() {
    return List.of(
        judged("validation", SCRIPT, "no", "yes", 2, 0),
        judged("test", "a", "no", "no", 2, 0),
        judged("test", SCRIPT, "no", "yes", 0.5, 1.5),
        judged("test", "c", "yes", null, 0, 0),
        judged("test", "d", "yes", "yes", 0.25, 1.75));
  }

  private static JudgedRow judged(
      String set, String id, String label, String prediction, double no, double yes) {
    return new JudgedRow(
        ODD,
        set,
        id,
        Optional.of(id.equals(SCRIPT) ? "b.png" : id + ".png"),
        Optional.of("What is it?"),
        label,
        Optional.ofNullable(prediction),
        Map.of("no", no, "yes", yes),
        Math.abs(no - yes) / 2,
        prediction == null ? OptionalDouble.empty() : OptionalDouble.of(0.75));
  }

  /**
   * Writes the activations of those rows: the value of the task's first neuron ascends, with a
   * threshold of 0.25 between the second and the third.
   */
  public static void writeActivations(Path folder) throws IOException {
    MessageType schema =
        ParquetRows.schema(
            "activations",
            List.of("id", "task", "image", "label"),
            List.of("l00_attn_z", "l01_mlp_post"));
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.toString(), "part-0.parquet");
    ActivationCodec codec = new ActivationCodec(StoreDType.FLOAT16);
    try (ParquetWriter<Object[]> writer = ParquetRows.open(new Configuration(), file, schema)) {
      List<String> ids = List.of("a", SCRIPT, "c", "d", "e");
      for (int i = 0; i < ids.size(); i++) {
        String id = ids.get(i);
        float[] attention = {0, 0, 0, i / 8f};
        float[] mlp = new float[8];
        String image = id.equals(SCRIPT) ? "b.png" : id + ".png";
        writer.write(
            new Object[] {
              id,
              ODD,
              image,
              i < 2 ? "no" : "yes",
              codec.encode(attention, new SaturationCounter()),
              codec.encode(mlp, new SaturationCounter())
            });
      }
    }
  }

  /** Writes the metadata of activations of a model with two layers. */
  public static void writeMetadata(Path folder, ModelIdentity model) throws IOException {
    Files.createDirectories(folder);
    ActivationsMetadata metadata =
        new ActivationsMetadata(
            model,
            ActivationLayout.ofAllLayers(
                2, Map.of(Site.RESID_POST, 4, Site.ATTN_Z, 4, Site.MLP_POST, 8)),
            2,
            StoreDType.FLOAT16,
            "float32",
            Map.of(),
            Map.of(),
            40,
            0,
            Map.of(),
            Map.of(),
            null,
            null);
    Files.writeString(folder.resolve(ActivationsMetadata.FILE_NAME), metadata.toJson());
  }

  private static List<String> sites(String task) {
    return task.equals(PLAIN)
        ? List.of("mlp_post", "attn_z", "vision_mlp_post_max")
        : List.of("mlp_post", "attn_z");
  }

  /** Neuron 2 is best on probing rows wherever it is, and neuron 4 is its equal. */
  private static List<Row> scores() {
    List<Row> rows = new ArrayList<>();
    for (String task : List.of(ODD, PLAIN)) {
      for (int layer = 0; layer < 2; layer++) {
        for (String site : sites(task)) {
          for (int index = 0; index < 6; index++) {
            boolean best = index == 2 || index == 4;
            double validation = 0.9 - 0.1 * layer - 0.05 * index;
            rows.add(
                RowFactory.create(
                    task, layer, site, index, best ? 0.95 : 0.6, validation, best ? 0.01 : 0.8));
          }
          rows.add(RowFactory.create(task, layer, site, 6, null, null, null));
        }
      }
    }
    return rows;
  }
}
