package io.superneurons.jobs.wave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.superneurons.activation.Site;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.pass.Effort;
import io.superneurons.model.weights.Computation;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Spark tasks did. Of each Spark task the counts of one attempt arrive, the same one whose
 * rows are committed.
 *
 * @param rows rows that are done
 * @param errors rows that failed, by kind
 * @param saturated values beyond the store dtype's range, by site
 * @param nan values that were NaN, by site
 * @param computeType what the model computed in; null if no row was done
 * @param labels what label did, by task; empty for extract
 * @param effort what it took
 * @param endedEarly Spark tasks that ended before their last row, since the run was to stop
 */
public record RowCounts(
    long rows,
    Map<ErrorKind, Long> errors,
    Map<Site, Long> saturated,
    Map<Site, Long> nan,
    String computeType,
    Map<String, LabelCounts> labels,
    Effort effort,
    int endedEarly)
    implements Serializable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** One row that is done. */
  static final RowCounts DONE =
      new RowCounts(1, Map.of(), Map.of(), Map.of(), null, Map.of(), Effort.NONE, 0);

  /** A Spark task that ended before its last row. */
  static final RowCounts ENDED_EARLY =
      new RowCounts(0, Map.of(), Map.of(), Map.of(), null, Map.of(), Effort.NONE, 1);

  public RowCounts {
    labels = labels == null ? Map.of() : labels; // files of earlier versions
    effort = effort == null ? Effort.NONE : effort;
  }

  /** Counts of no rows. */
  public static RowCounts none() {
    return new RowCounts(0, Map.of(), Map.of(), Map.of(), null, Map.of(), Effort.NONE, 0);
  }

  /** One row that failed. */
  static RowCounts failed(ErrorKind error) {
    return new RowCounts(0, Map.of(error, 1L), Map.of(), Map.of(), null, Map.of(), Effort.NONE, 0);
  }

  /**
   * What extract counts of the rows of a Spark task.
   *
   * @param computeType what the model computed in
   * @param saturated values beyond the store dtype's range, by site
   * @param nan values that were NaN, by site
   */
  public static RowCounts captured(
      String computeType, Map<Site, Long> saturated, Map<Site, Long> nan) {
    return new RowCounts(0, Map.of(), saturated, nan, computeType, Map.of(), Effort.NONE, 0);
  }

  /**
   * What label counts of the rows of a Spark task.
   *
   * @param computeType what the model computed in
   * @param labels by task
   */
  public static RowCounts labelled(String computeType, Map<String, LabelCounts> labels) {
    return new RowCounts(0, Map.of(), Map.of(), Map.of(), computeType, labels, Effort.NONE, 0);
  }

  /** Failed rows by kind, with the names of kinds as files have them. */
  public Map<String, Long> errorsByName() {
    Map<String, Long> named = new TreeMap<>();
    errors.forEach((kind, rows) -> named.put(kind.label(), rows));
    return named;
  }

  /** The same with more effort. */
  RowCounts with(Effort more) {
    return new RowCounts(
        rows, errors, saturated, nan, computeType, labels, effort.plus(more), endedEarly);
  }

  /** Rows that were tried: those that are done, and those that failed. */
  public long tried() {
    return rows + errorCount();
  }

  /** Failed rows of all kinds. */
  public long errorCount() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The sum of both.
   *
   * @throws IllegalStateException if the model computed in one type here and in another there:
   *     {@code auto} may mean one on one machine and another on the next
   */
  public RowCounts plus(RowCounts other) {
    return new RowCounts(
        rows + other.rows,
        sum(new EnumMap<>(ErrorKind.class), errors, other.errors),
        sum(new EnumMap<>(Site.class), saturated, other.saturated),
        sum(new EnumMap<>(Site.class), nan, other.nan),
        commonType(computeType, other.computeType),
        LabelCounts.sum(labels, other.labels),
        effort.plus(other.effort),
        endedEarly + other.endedEarly);
  }

  /**
   * Checks that other rows fit these.
   *
   * @throws IllegalStateException if the model computed in another type there
   */
  public void requireFits(RowCounts other) {
    commonType(computeType, other.computeType);
  }

  private static String commonType(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    if (!one.equals(other)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Some rows were computed in %s, others in %s, and they would not fit together:"
                  + " --dtype auto goes by the machine, and executors, or those of an earlier run,"
                  + " are not alike. Add --dtype %s; rows in another type that are there already"
                  + " need another folder",
              one,
              other,
              Computation.of(one).map(known -> known.type().label()).orElse(one)));
    }
    return one;
  }

  /** Adds both up into the first map, which is empty. */
  static <K> Map<K, Long> sum(Map<K, Long> sum, Map<K, Long> a, Map<K, Long> b) {
    sum.putAll(a);
    b.forEach((key, count) -> sum.merge(key, count, Long::sum));
    return sum;
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // numbers and names
    }
  }

  /**
   * Reads {@link #toJson()}.
   *
   * @throws IOException if it is anything else
   */
  public static RowCounts fromJson(String json) throws IOException {
    return JSON.readValue(json, RowCounts.class);
  }
}
