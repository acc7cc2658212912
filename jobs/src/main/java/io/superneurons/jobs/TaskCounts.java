package io.superneurons.jobs;

import io.superneurons.activation.Site;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one task of extract did; of each task, one attempt's counts arrive.
 *
 * @param rows written
 * @param errors written
 * @param saturated values beyond the store dtype's range, by site
 * @param nan values that were NaN, by site
 * @param computeType what the model computed in; null if the task had no rows
 */
record TaskCounts(
    long rows, long errors, Map<Site, Long> saturated, Map<Site, Long> nan, String computeType)
    implements Serializable {

  static TaskCounts none() {
    return new TaskCounts(0, 0, Map.of(), Map.of(), null);
  }

  TaskCounts plus(TaskCounts other) {
    return new TaskCounts(
        rows + other.rows,
        errors + other.errors,
        sum(saturated, other.saturated),
        sum(nan, other.nan),
        computeType == null ? other.computeType : computeType);
  }

  private static Map<Site, Long> sum(Map<Site, Long> a, Map<Site, Long> b) {
    Map<Site, Long> sum = new EnumMap<>(Site.class);
    sum.putAll(a);
    b.forEach((site, count) -> sum.merge(site, count, Long::sum));
    return sum;
  }
}
