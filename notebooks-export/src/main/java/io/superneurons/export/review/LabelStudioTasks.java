package io.superneurons.export.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Predictions as Label Studio imports them: of each task a list of tasks with the labels that are
 * predicted, and a labelling interface that offers the task's labels. An image is there by its
 * address.
 */
public final class LabelStudioTasks {
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
    ReviewedRows.read(spark, options, names).forEach(all::add);
    return all;
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
      String name = ReviewedRows.nameOf(++number, task.getKey());
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
