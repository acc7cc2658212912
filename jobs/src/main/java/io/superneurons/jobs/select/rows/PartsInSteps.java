package io.superneurons.jobs.select.rows;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Takes the parts of an RDD to the driver some at a time: Spark bounds what one job's results may
 * take of the driver's memory.
 */
final class PartsInSteps {
  private PartsInSteps() {}

  /**
   * Takes all parts, in their order.
   *
   * @param step how many one Spark job computes
   */
  static <T> void forEach(JavaRDD<T> parts, int step, Consumer<List<T>> each) {
    int all = parts.getNumPartitions();
    for (int from = 0; from < all; from += step) {
      int to = Math.min(all, from + step);
      for (List<T> part : parts.collectPartitions(IntStream.range(from, to).toArray())) {
        each.accept(part);
      }
    }
  }
}
