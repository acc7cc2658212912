package io.superneurons.jobs.frame;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.label.RowLabeller;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.Function2;
import scala.Function3;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** SQL's {@code superneurons_label}, made of its arguments and the session's settings. */
final class LabelFunction {
  static final String NAME = "superneurons_label";

  static final String USAGE =
      "_FUNC_(image[, task[, question]]) - Label of an image (its path, the bytes of its file, or a"
          + " struct of both) by the Super Neurons of spark.superneurons.super-neurons in the model"
          + " of spark.superneurons.model: a struct of task, prediction, votes, margin,"
          + " probability, exit_layer, exit_part, source, status, error_kind and error.";

  private static final String PREFIX = "spark.superneurons.";
  private static final String TASK = PREFIX + "task";

  private LabelFunction() {}

  /**
   * Reads model and Super Neurons, as a query that calls the function is analysed.
   *
   * @param given image, task and question; the last two may be missing
   * @throws ConfigurationException if a setting is missing, or they do not fit
   */
  static Expression of(List<Expression> given) {
    if (given.isEmpty() || given.size() > 3) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s(image[, task[, question]]) takes 1 to 3 arguments, not %d",
              NAME,
              given.size()));
    }
    FrameRows.requireImages(
        given.get(0).dataType(), String.format(Locale.ROOT, "The image of %s", NAME));
    SparkSession spark = SparkSession.active();
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    SuperNeuronsLabeler labeler =
        new SuperNeuronsLabeler()
            .setModel(setting(spark.conf(), "model", "the folder of a checkpoint"))
            .setSuperNeurons(setting(spark.conf(), "super-neurons", "the output folder of select"))
            .setDevice(spark.conf().get(PREFIX + "device", "auto"));
    RowLabeller labeller = labeler.labeller(conf.value().value());
    String task = task(given, labeller.tasks().keySet(), spark.conf());
    labeler.warn(labeller, task == null ? labeller.tasks().keySet() : Set.of(task));
    OneByOne labels = new OneByOne(rows(given), labeller, conf);
    return new ScalaUDF(
        called(given.size(), labels, task),
        RowLabeller.COLUMNS,
        CollectionConverters.asScala(given).toSeq(),
        CollectionConverters.asScala(List.<Option<ExpressionEncoder<?>>>of()).toSeq(),
        Option.empty(),
        Option.apply(NAME),
        false,
        // It is, but Spark computes what is deterministic again wherever a plan can use it, such as
        // in a filter that it pushes down; a pass is dear.
        false);
  }

  private static String setting(RuntimeConfig conf, String name, String what) {
    Option<String> value = conf.getOption(PREFIX + name);
    if (value.isEmpty() || value.get().isBlank()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s needs %s%s: name %s, by SET %s%s=... or --conf",
              NAME,
              PREFIX,
              name,
              what,
              PREFIX,
              name));
    }
    return value.get();
  }

  /** The task that all rows are asked about; null where a column names it. */
  private static String task(List<Expression> given, Set<String> known, RuntimeConfig conf) {
    if (given.size() > 1 && !(given.get(1) instanceof Literal)) {
      return null;
    }
    String named =
        given.size() > 1
            ? String.valueOf(((Literal) given.get(1)).value())
            : conf.get(TASK, known.size() == 1 ? known.iterator().next() : "");
    if (!known.contains(named)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: %s; tasks: %s. Name one, as %s(image, 'TASK') or by SET %s=TASK",
              NAME,
              named.isEmpty() ? "there are several tasks" : "there is no task " + named,
              known,
              NAME,
              TASK));
    }
    return named;
  }

  private static FrameRows rows(List<Expression> given) {
    StructType schema =
        new StructType()
            .add("image", given.get(0).dataType())
            .add("question", DataTypes.StringType)
            .add("task", DataTypes.StringType);
    return new FrameRows(schema, "image", "question", "task", "");
  }

  /** A function of as many arguments as were given. */
  private static Object called(int arguments, OneByOne labels, String task) {
    return switch (arguments) {
      case 1 -> (Function1<Object, Row> & Serializable) image -> labels.of(image, task, null);
      case 2 ->
          (Function2<Object, Object, Row> & Serializable)
              (image, named) -> labels.of(image, named, null);
      default ->
          (Function3<Object, Object, Object, Row> & Serializable)
              (image, named, question) -> labels.of(image, named, question);
    };
  }
}
