package io.superneurons.jobs.select;

import io.superneurons.jobs.select.scan.ShardScores;
import io.superneurons.neuron.statistics.FalseDiscovery;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How often each p-value occurs in one shard, by task.
 *
 * @param values distinct ones of each task, ascending
 * @param counts how often each of them occurs
 */
public record ShardPValues(List<double[]> values, List<long[]> counts) implements Serializable {
  /** The p-values of some tasks. */
  static ShardPValues of(ShardScores scores, int[] tasks) {
    ShardPValues found = new ShardPValues(new ArrayList<>(), new ArrayList<>());
    for (int task : tasks) {
      double[] all =
          Arrays.stream(scores.tasks().get(task).pValue()).filter(p -> !Double.isNaN(p)).toArray();
      double[] distinct = FalseDiscovery.distinct(all);
      long[] counts = new long[distinct.length];
      for (double p : all) {
        counts[Arrays.binarySearch(distinct, p)]++;
      }
      found.values.add(distinct);
      found.counts.add(counts);
    }
    return found;
  }

  /** Q-values over all shards, of one of the tasks. */
  static FalseDiscovery discovery(List<ShardPValues> shards, int place) {
    return new FalseDiscovery(
        shards.stream().flatMapToDouble(s -> DoubleStream.of(s.values.get(place))).toArray(),
        shards.stream().flatMapToLong(s -> Arrays.stream(s.counts.get(place))).toArray());
  }
}
