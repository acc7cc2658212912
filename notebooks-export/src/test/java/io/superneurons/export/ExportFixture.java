package io.superneurons.export;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.CapturedLayers;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.SaturationCounter;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteWidths;
import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Voting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Small folders as extract and select write them: two layers of the decoder with two sites, three
 * of the vision tower with one, two tasks.
 */
final class ExportFixture {
  static final ModelIdentity MODEL = new ModelIdentity("tiny", "llava", "sha256:abc");
  static final ActivationLayout LAYOUT =
      new ActivationLayout(
          CapturedLayers.all(3),
          CapturedLayers.all(2),
          SiteWidths.same(
              Map.of(Site.VISION_MLP_POST_MAX, 2, Site.RESID_POST, 3, Site.MLP_POST, 4)));

  /** A label that CSV must quote. */
  static final String QUOTED = "say \"no\", \nplease";

  private ExportFixture() {}

  /** What the activations hold: exact in float16, and another number for every scalar. */
  static float value(int row, LayerSite place, int index) {
    return row + place.layer() * 0.5f + (place.site() == Site.MLP_POST ? 0.25f : 0) + index / 64f;
  }

  /** Rows 0 and 1 are of task {@code dog}, 2 and 3 of {@code hue}, 4 of a task without neurons. */
  static void writeActivations(SparkSession spark, Path folder) throws IOException {
    StructType schema =
        new StructType()
            .add("id", StringType)
            .add("task", StringType)
            .add("split", StringType)
            .add("label", StringType);
    for (LayerSite place : LAYOUT.columns()) {
      schema = schema.add(place.column(), BinaryType);
    }
    List<String> tasks = List.of("dog", "dog", "hue", "hue", "other");
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < tasks.size(); row++) {
      List<Object> values = new ArrayList<>();
      values.add("row" + row);
      values.add(tasks.get(row));
      values.add(row % 2 == 0 ? "probe" : "test");
      values.add(row == 0 ? QUOTED : "yes");
      for (LayerSite place : LAYOUT.columns()) {
        values.add(bytes(row, place));
      }
      rows.add(RowFactory.create(values.toArray()));
    }
    spark.createDataFrame(rows, schema).write().parquet(folder.toString());
    Files.writeString(folder.resolve(ActivationsMetadata.FILE_NAME), metadata(rows.size()));
  }

  private static byte[] bytes(int row, LayerSite place) {
    float[] values = new float[LAYOUT.width(place)];
    for (int index = 0; index < values.length; index++) {
      values[index] = value(row, place, index);
    }
    return new ActivationCodec(StoreDType.FLOAT16).encode(values, new SaturationCounter());
  }

  private static String metadata(int rows) {
    return new ActivationsMetadata(
            MODEL,
            LAYOUT,
            0,
            StoreDType.FLOAT16,
            "float32",
            Map.of(),
            Map.of(),
            rows,
            0,
            Map.of(),
            Map.of(),
            null,
            null)
        .toJson();
  }

  /** Task dog has two neurons, of layers 0 and 1; hue has one. */
  static void writeSelection(SparkSession spark, Path folder, ModelIdentity model)
      throws IOException {
    FittedRule cut = FittedRule.cut(Rule.MIDPOINT, 1, 0.25);
    SuperNeurons superNeurons =
        new SuperNeurons(
            model,
            Map.of(),
            Map.of(),
            StoreDType.FLOAT16,
            "float32",
            Map.of(),
            List.of(
                task(
                    "dog",
                    List.of(
                        new SuperNeuron(new Neuron(0, Site.MLP_POST, 2), cut, 1, 0.9, 0.8),
                        new SuperNeuron(new Neuron(1, Site.RESID_POST, 0), cut, 1, 0.9, 0.8))),
                task(
                    "hue",
                    List.of(new SuperNeuron(new Neuron(1, Site.MLP_POST, 3), cut, 1, 0.9, 0.8)))));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(SuperNeurons.FILE_NAME), superNeurons.toJson());
    writeScores(spark, folder);
    writeSmallTables(spark, folder);
  }

  private static TaskSuperNeurons task(String name, List<SuperNeuron> neurons) {
    return new TaskSuperNeurons(
        name,
        Optional.empty(),
        List.of("no", "yes"),
        new Level(
            ModelLayer.ofDecoder(1), neurons.get(0).fitted().rule(), Voting.MAJORITY, neurons),
        Cascade.NONE,
        Optional.empty(),
        Metric.ACCURACY,
        Chosen.on(ChosenOn.VALIDATION),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  private static void writeScores(SparkSession spark, Path folder) {
    StructType schema =
        new StructType()
            .add("task", StringType)
            .add("layer", IntegerType)
            .add("site", StringType)
            .add("index", IntegerType)
            .add("rule", StringType)
            .add("label", StringType)
            .add("polarity", IntegerType)
            .add("thresholds", createArrayType(DoubleType))
            .add("means", createArrayType(DoubleType))
            .add("probe", DoubleType)
            .add("validation", DoubleType)
            .add("p_value", DoubleType)
            .add("q_value", DoubleType)
            .add("selected", BooleanType);
    List<Row> rows = new ArrayList<>();
    for (String task : List.of("dog", "hue")) {
      for (LayerSite place : LAYOUT.columns()) {
        for (int index = 0; index < LAYOUT.width(place); index++) {
          rows.add(score(task, place, index));
        }
      }
    }
    spark.createDataFrame(rows, schema).write().parquet(folder.resolve("scores").toString());
  }

  /** The last index is best; it has equals in all places. */
  private static Row score(String task, LayerSite place, int index) {
    boolean hasThreshold = index > 0;
    return RowFactory.create(
        task,
        place.layer(),
        place.site().label(),
        index,
        "midpoint",
        null,
        1,
        hasThreshold ? new double[] {index + 0.5} : new double[0],
        new double[] {-1.5, index},
        index == 2 ? 0.9 : 0.5,
        0.5,
        null,
        null,
        false);
  }

  private static void writeSmallTables(SparkSession spark, Path folder) {
    spark
        .sql(
            "select 'dog' task, 'test' `set`, 'super_neurons' method, 'accuracy' metric, 0.75D"
                + " value union all select 'hue', 'test', 'super_neurons', 'accuracy', 0.5D")
        .write()
        .parquet(folder.resolve("evaluations").toString());
    spark
        .sql("select 'dog' task, 'test' `set`, 'top_k' x_name, 3 x, 0.25D value")
        .write()
        .parquet(folder.resolve("curves").toString());
  }
}
