package io.superneurons.export.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.parquet.ParquetFolder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Predictions as Label Studio imports them: of each task a list of tasks with the labels that are
 * predicted, and a labelling interface that offers the task's labels. An image is there by its
 * address.
 */
public final class LabelStudioTasks {
  private static final String DATE = "run_date";
  private static final Set<String> NEEDED =
      Set.of(
          "id",
          "task",
          "image",
          "question",
          "prediction",
          "votes",
          "margin",
          "probability",
          "status");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ReviewOptions options;
  private final Map<String, ArrayNode> tasks = new TreeMap<>();
  private final Map<String, Set<String>> labels = new TreeMap<>();

  private LabelStudioTasks(ReviewOptions options) {
    this.options = options;
  }

  /**
   * Reads the predictions that are wanted.
   *
   * @param names of tasks; empty for all
   * @throws ConfigurationException if there are none
   */
  public static LabelStudioTasks read(
      SparkSession spark, ReviewOptions options, List<String> names) {
    LabelStudioTasks all = new LabelStudioTasks(options);
    all.wanted(spark, names).collectAsList().forEach(all::add);
    if (all.tasks.isEmpty()) {
      throw new ConfigurationException(
          options.predictions() + " has no rows for which " + options.condition());
    }
    return all;
  }

  private Dataset<Row> wanted(SparkSession spark, List<String> names) {
    Dataset<Row> rows =
        ParquetFolder.read(spark, options.predictions(), name -> NEEDED.contains(name));
    rows = latest(rows).where("status <> 'failed' and image is not null");
    if (!names.isEmpty()) {
      rows = rows.where(functions.col("task").isin(names.toArray()));
    }
    Column first =
        options.isSample()
            ? functions.sha2(functions.col("id").cast("binary"), 256)
            : functions.coalesce(functions.col("margin"), functions.lit(0));
    return rows.where(options.condition())
        .orderBy(first, functions.col("id"))
        .limit(options.mostRows());
  }

  /** Of a table with a folder for each run's date the latest row of each id. */
  private static Dataset<Row> latest(Dataset<Row> rows) {
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.contains(DATE)) {
      return rows;
    }
    Column all =
        functions.struct(columns.stream().map(name -> functions.col(name)).toArray(Column[]::new));
    return rows.groupBy("id")
        .agg(functions.max_by(all, functions.col(DATE)).as("row"))
        .select("row.*");
  }

  private void add(Row row) {
    String task = row.getAs("task");
    Map<String, Double> votes = row.getJavaMap(row.fieldIndex("votes"));
    labels.computeIfAbsent(task, name -> new TreeSet<>()).addAll(votes.keySet());
    ObjectNode node = tasks.computeIfAbsent(task, name -> JSON.createArrayNode()).addObject();
    node.putObject("data")
        .put("image", options.address(row.getAs("image")))
        .put("question", row.<String>getAs("question"))
        .put("task", task)
        .put("row_id", row.<String>getAs("id"));
    String prediction = row.getAs("prediction");
    if (prediction != null) {
      Double probability = row.getAs("probability");
      ObjectNode predicted =
          node.putArray("predictions")
              .addObject()
              .put("model_version", "superneurons")
              .put("score", probability == null ? row.<Double>getAs("margin") : probability);
      ObjectNode result = predicted.putArray("result").addObject();
      result.put("from_name", "label").put("to_name", "image").put("type", "choices");
      result.putObject("value").putArray("choices").add(prediction);
    }
  }

  /** How many tasks of Label Studio there are, by the task of the predictions. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    tasks.forEach((task, rows) -> counts.put(task, rows.size()));
    return counts;
  }

  /** The files by their names: tasks, and the labelling interface, of each task. */
  public Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    int number = 0;
    for (Map.Entry<String, ArrayNode> task : tasks.entrySet()) {
      String name =
          String.format(
              Locale.ROOT, "%02d-%s", ++number, task.getKey().replaceAll("[^A-Za-z0-9_-]", "_"));
      files.put(name + ".json", written(task.getValue()));
      files.put(name + ".xml", labellingInterface(labels.get(task.getKey())));
    }
    return files;
  }

  private static String written(ArrayNode rows) {
    try {
      return JSON.writeValueAsString(rows) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write tasks", e);
    }
  }

  private static String labellingInterface(Set<String> labels) {
    StringBuilder xml = new StringBuilder("<View>\n  <Header value=\"$question\"/>\n");
    xml.append("  <Image name=\"image\" value=\"$image\"/>\n");
    xml.append("  <Choices name=\"label\" toName=\"image\" choice=\"single\">\n");
    for (String label : labels) {
      xml.append("    <Choice value=\"").append(escaped(label)).append("\"/>\n");
    }
    return xml.append("  </Choices>\n</View>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
