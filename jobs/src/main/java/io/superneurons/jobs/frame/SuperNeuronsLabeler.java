package io.superneurons.jobs.frame;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.SafeText;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.label.RowLabeller;
import io.superneurons.jobs.model.CheckpointOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Labels the images of a DataFrame, in batches and streams: as label's job labels them, row for
 * row. A row is asked about every task, and becomes a row for each, or about the one that {@code
 * taskCol} names. Labels are in the columns of {@link RowLabeller#COLUMNS}, beside the row's own.
 *
 * <p>Model and Super Neurons are read by {@link #transform}; executors keep the model open, one
 * each.
 */
public final class SuperNeuronsLabeler extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(SuperNeuronsLabeler.class);

  private final String uid;
  private final Param<String> model;
  private final Param<String> superNeurons;
  private final Param<String> imageCol;
  private final Param<String> questionCol;
  private final Param<String> taskCol;
  private final Param<String> question;
  private final Param<String> tasks;
  private final Param<String> device;
  private final IntParam batchSize;

  public SuperNeuronsLabeler() {
    this(Identifiable$.MODULE$.randomUID("superNeurons"));
  }

  public SuperNeuronsLabeler(String uid) {
    this.uid = uid; // before the parameters, which are told apart by it
    model =
        text(
            "model",
            "Hugging Face checkpoint folder, at the same path on every executor, or its address");
    superNeurons =
        text("superNeurons", "superneurons.json, or the output folder of select that holds it");
    imageCol =
        text("imageCol", "column of images: paths, encoded files, or structs of bytes and path");
    questionCol = text("questionCol", "column of questions; empty for none");
    taskCol = text("taskCol", "column of tasks; empty where each row is asked about every task");
    question = text("question", "question of rows without one; empty for that of their tasks");
    tasks = text("tasks", "tasks to ask about, by commas; empty for all");
    device = text("device", "where the model runs: auto, cpu or cuda");
    batchSize = new IntParam(this, "batchSize", "rows in one pass; results do not depend on it");
    setDefault(imageCol, "image");
    setDefault(questionCol, "");
    setDefault(taskCol, "");
    setDefault(question, "");
    setDefault(tasks, "");
    setDefault(device, "auto");
    setDefault(batchSize, 8);
  }

  private Param<String> text(String name, String doc) {
    return new Param<>(this, name, doc);
  }

  /** Reads one that was saved. */
  public static MLReader<SuperNeuronsLabeler> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads one that was saved. */
  public static SuperNeuronsLabeler load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> model() {
    return model;
  }

  public Param<String> superNeurons() {
    return superNeurons;
  }

  public Param<String> imageCol() {
    return imageCol;
  }

  public Param<String> questionCol() {
    return questionCol;
  }

  public Param<String> taskCol() {
    return taskCol;
  }

  public Param<String> question() {
    return question;
  }

  public Param<String> tasks() {
    return tasks;
  }

  public Param<String> device() {
    return device;
  }

  public IntParam batchSize() {
    return batchSize;
  }

  public SuperNeuronsLabeler setModel(String folder) {
    set(model, folder);
    return this;
  }

  public SuperNeuronsLabeler setSuperNeurons(String file) {
    set(superNeurons, file);
    return this;
  }

  public SuperNeuronsLabeler setImageCol(String column) {
    set(imageCol, column);
    return this;
  }

  public SuperNeuronsLabeler setQuestionCol(String column) {
    set(questionCol, column);
    return this;
  }

  public SuperNeuronsLabeler setTaskCol(String column) {
    set(taskCol, column);
    return this;
  }

  public SuperNeuronsLabeler setQuestion(String text) {
    set(question, text);
    return this;
  }

  public SuperNeuronsLabeler setTasks(String names) {
    set(tasks, names);
    return this;
  }

  public SuperNeuronsLabeler setDevice(String name) {
    set(device, name);
    return this;
  }

  public SuperNeuronsLabeler setBatchSize(int rows) {
    set(batchSize, rows);
    return this;
  }

  @Override
  public SuperNeuronsLabeler copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * The columns of the labelled rows.
   *
   * @throws ConfigurationException if a column is missing, of another type, or there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return rows(schema).labelled();
  }

  private FrameRows rows(StructType schema) {
    return new FrameRows(
        schema, value(imageCol), value(questionCol), value(taskCol), value(question));
  }

  private String value(Param<String> param) {
    return getOrDefault(param);
  }

  /**
   * Labels rows, when they are asked for.
   *
   * @throws ConfigurationException if model and Super Neurons do not fit, or a column is missing
   */
  @Override
  public Dataset<Row> transform(Dataset<?> images) {
    Dataset<Row> own = images.toDF();
    FrameRows rows = rows(own.schema());
    StructType labelled = rows.labelled();
    SparkSession spark = SparkSession.active();
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    RowLabeller labeller = labeller(conf.value().value());
    warn(labeller, labeller.tasks().keySet());
    return own.mapPartitions(
        (MapPartitionsFunction<Row, Row>) part -> rows.label(part, labeller, conf.value().value()),
        Encoders.row(labelled));
  }

  /** Reads model and Super Neurons. */
  RowLabeller labeller(Configuration conf) {
    for (Param<String> needed : List.of(model, superNeurons)) {
      if (!isDefined(needed)) {
        throw new ConfigurationException("SuperNeuronsLabeler needs " + needed.name());
      }
    }
    List<String> asked =
        Arrays.stream(value(tasks).split(","))
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .toList();
    return RowLabeller.of(checkpoint(), value(superNeurons), asked, conf);
  }

  /** Logs why labels may mean nothing. */
  void warn(RowLabeller labeller, Set<String> asked) {
    labeller
        .warnings(asked, value(question).isBlank() ? null : value(question))
        .forEach(told -> LOG.warn("{}", SafeText.of(told)));
  }

  private CheckpointOptions checkpoint() {
    CheckpointOptions options = new CheckpointOptions();
    new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            "--model",
            value(model),
            "--device",
            value(device),
            "--batch-size",
            getOrDefault(batchSize).toString());
    return options;
  }
}
