package io.superneurons.jobs.select.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.jobs.cli.ConfigurationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What people said in Label Studio, from its export in JSON or JSON_MIN: an array of tasks, of
 * which the latest annotation that was not cancelled counts. They are few enough for the driver.
 */
final class LabelStudioLabels {
  /** What export calls the id of a row; Label Studio's own id is its task's. */
  static final String ROW_ID = "row_id";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StructType SCHEMA =
      new StructType()
          .add(ROW_ID, DataTypes.StringType)
          .add("image", DataTypes.StringType)
          .add("task", DataTypes.StringType)
          .add("label", DataTypes.StringType);

  private LabelStudioLabels() {}

  /** A table of labels. */
  static Dataset<Row> table(SparkSession spark, String text, String file) {
    List<Row> rows = new ArrayList<>();
    try {
      for (JsonNode task : JSON.readTree(text)) {
        JsonNode data = task.path("data").isObject() ? task.get("data") : task;
        String label = task.has("annotations") ? annotated(task) : chosen(task.path("label"));
        rows.add(
            RowFactory.create(
                data.path(ROW_ID).asText(null),
                data.path("image").asText(null),
                data.path("task").asText(null),
                label));
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "--labels %s is not JSON: %s", file, e.getMessage()), e);
    }
    Column[] given =
        Arrays.stream(SCHEMA.fieldNames())
            .filter(name -> rows.stream().anyMatch(row -> !row.isNullAt(SCHEMA.fieldIndex(name))))
            .map(name -> functions.col(name))
            .toArray(Column[]::new);
    return spark.createDataFrame(rows, SCHEMA).select(given);
  }

  private static String annotated(JsonNode task) {
    return StreamSupport.stream(task.get("annotations").spliterator(), false)
        .filter(annotation -> !annotation.path("was_cancelled").asBoolean())
        .reduce((one, later) -> isLater(later, one) ? later : one)
        .map(annotation -> chosen(annotation.path("result").path(0).path("value")))
        .orElse(null);
  }

  /** Whether it was made after another; their times are in ISO 8601, which sorts as text. */
  private static boolean isLater(JsonNode one, JsonNode other) {
    return one.path("updated_at").asText("").compareTo(other.path("updated_at").asText("")) >= 0;
  }

  /** The first choice, however the export writes it. */
  private static String chosen(JsonNode value) {
    if (value.isObject()) {
      return value.path("choices").path(0).asText(null);
    }
    return value.isArray() ? value.path(0).asText(null) : value.asText(null);
  }
}
