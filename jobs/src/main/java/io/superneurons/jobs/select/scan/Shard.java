package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Neurons that one Spark task scores: a range within one Parquet column.
 *
 * @param column which column
 * @param from index of the first neuron
 * @param to index after the last one
 */
public record Shard(LayerSite column, int from, int to) implements Serializable {
  /** Index of each neuron within the column. */
  int[] indexes() {
    return IntStream.range(from, to).toArray();
  }

  /** Memory that scoring takes. */
  public long bytes(ScanPlan work) {
    return ShardMemory.of(work, column).bytes(size());
  }

  public int size() {
    return to - from;
  }
}
