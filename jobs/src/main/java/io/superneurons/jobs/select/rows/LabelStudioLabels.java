package io.superneurons.jobs.select.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.JsonRecord;
import io.superneurons.jobs.input.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What people said in Label Studio. Its exports in CSV and JSON_MIN have a record for each
 * annotation; the one in JSON, an array of tasks that hold theirs, is brought to the same. They are
 * few enough for the driver.
 */
final class LabelStudioLabels {
  /** What export calls the id of a row; Label Studio's own id is its task's. */
  static final String ROW_ID = "row_id";

  /** Column of the task in Label Studio. */
  static final String TASK_ID = "id";

  static final String ANNOTATION_ID = "annotation_id";

  /** Column of when the annotation was last changed, in ISO 8601, which sorts as text. */
  static final String UPDATED_AT = "updated_at";

  /** Columns that tell which label counts, beside those of the fields. */
  static final Set<String> COLUMNS = Set.of(ROW_ID, TASK_ID, ANNOTATION_ID, UPDATED_AT);

  private static final String ANNOTATIONS = "annotations";
  private static final String CHOICES = "choices";
  private static final String LABEL = "label";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // which of two labels counts?
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private LabelStudioLabels() {}

  /** Whether a table with these columns is an export. */
  static boolean isExport(List<String> columns) {
    return columns.containsAll(List.of(TASK_ID, ANNOTATION_ID, UPDATED_AT));
  }

  /** Of each task in Label Studio the latest annotation, and records that cannot be used. */
  static Dataset<Row> latest(Dataset<Row> export) {
    Column[] all = Arrays.stream(export.columns()).map(name -> col(name)).toArray(Column[]::new);
    Column order = struct(col(UPDATED_AT), length(col(ANNOTATION_ID)), col(ANNOTATION_ID));
    Column[] keys =
        Stream.of(TASK_ID, LabelFile.PROBLEM)
            .filter(Arrays.asList(export.columns())::contains)
            .map(name -> col(name))
            .toArray(Column[]::new);
    return export.groupBy(keys).agg(max_by(struct(all), order).as("latest")).select("latest.*");
  }

  /**
   * The records of an array of objects, whoever wrote it.
   *
   * @param text of the file
   * @throws ConfigurationException if it is no such array
   */
  static List<JsonRecord> records(String text, String file) {
    if (!Utf8.isWhole(text)) {
      throw new ConfigurationException(
          "--labels " + file + " is not UTF-8: save the file as UTF-8");
    }
    try {
      List<JsonRecord> records = new ArrayList<>();
      for (JsonNode element : JSON.readTree(text)) {
        if (!(element instanceof ObjectNode object)) {
          throw new ConfigurationException(
              String.format(
                  Locale.ROOT, "--labels %s: element %d is no object", file, records.size() + 1));
        }
        records.addAll(records(object));
      }
      return records;
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "--labels %s is not JSON: %s", file, JsonRecord.reason(e)), e);
    }
  }

  private static List<JsonRecord> records(ObjectNode object) {
    return object.path(ANNOTATIONS).isArray()
        ? annotations(object)
            .filter(annotation -> !annotation.path("was_cancelled").asBoolean())
            .map(annotation -> record(object, annotation))
            .toList()
        : List.of(new JsonRecord(object));
  }

  private static Stream<JsonNode> annotations(ObjectNode task) {
    return StreamSupport.stream(task.get(ANNOTATIONS).spliterator(), false);
  }

  /** What the task shows, and what the annotation says of it. */
  private static JsonRecord record(ObjectNode task, JsonNode annotation) {
    ObjectNode record = JSON.createObjectNode();
    if (task.path("data") instanceof ObjectNode data) {
      record.setAll(data);
    }
    record.put(TASK_ID, task.path(TASK_ID).asText());
    record.put(ANNOTATION_ID, annotation.path("id").asText("0"));
    record.put(UPDATED_AT, annotation.path(UPDATED_AT).asText(""));
    record.put(LABEL, label(annotation));
    return new JsonRecord(record);
  }

  /** The first choice, of the labels before all other controls; null where nothing was chosen. */
  private static String label(JsonNode annotation) {
    return StreamSupport.stream(annotation.path("result").spliterator(), false)
        .filter(result -> result.path("value").path(CHOICES).path(0).isTextual())
        .min(Comparator.comparing(result -> !result.path("from_name").asText().equals(LABEL)))
        .map(result -> result.path("value").path(CHOICES).path(0).asText())
        .orElse(null);
  }
}
