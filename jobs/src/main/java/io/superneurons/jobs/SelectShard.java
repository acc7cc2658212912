package io.superneurons.jobs;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neurons that one Spark task scores: a range within one Parquet column.
 *
 * @param column which column
 * @param from index of the first neuron
 * @param to index after the last one
 */
record SelectShard(LayerSite column, int from, int to) implements Serializable {
  /** Pieces that a core works through, so that all cores end at about the same time. */
  private static final int PER_CORE = 6;

  /** A smaller shard would read a column again for too little work. */
  private static final int FEWEST = 256;

  /**
   * Cuts columns into shards.
   *
   * @param work what is scored
   * @param bytes memory for one shard, all that scoring it takes
   * @param cores how many shards are scored at once
   * @throws ConfigurationException if not even one neuron, or one attention head, fits
   */
  static List<SelectShard> plan(List<LayerSite> columns, SelectWork work, long bytes, int cores) {
    ActivationsMetadata metadata = work.metadata();
    long neurons = columns.stream().mapToLong(c -> metadata.layout().width(c.site())).sum();
    long even = Math.max(FEWEST, neurons / ((long) PER_CORE * cores));
    List<SelectShard> shards = new ArrayList<>();
    for (LayerSite column : columns) {
      int width = metadata.layout().width(column.site());
      int unit = unit(column, metadata);
      long fitting = ShardMemory.of(work, column).fitting(bytes, unit);
      int units = width / unit;
      long most = Math.max(1, Math.min(units, fitting / unit));
      // Two pieces read the column twice: one that is a little too large is the lesser evil.
      long balanced = Math.max(1, Math.round((double) width / even));
      int pieces = (int) Math.min(units, Math.max(balanced, (units + most - 1) / most));
      int step = (units + pieces - 1) / pieces * unit;
      for (int from = 0; from < width; from += step) {
        shards.add(new SelectShard(column, from, Math.min(width, from + step)));
      }
    }
    // The largest first, so that small ones fill the cores at the end.
    shards.sort(Comparator.comparingInt(SelectShard::size).reversed());
    return shards;
  }

  /** Heads stay whole: their vectors are a baseline. */
  private static int unit(LayerSite column, ActivationsMetadata metadata) {
    return column.site() == Site.ATTN_Z ? headWidth(metadata) : 1;
  }

  /** Scalars of an attention head; the whole site where the number of heads is not known. */
  static int headWidth(ActivationsMetadata metadata) {
    int width = metadata.layout().width(Site.ATTN_Z);
    int heads = metadata.attentionHeads();
    return heads == 0 || width % heads != 0 ? width : width / heads;
  }

  /** Index of each neuron within the column. */
  int[] indexes() {
    return IntStream.range(from, to).toArray();
  }

  int size() {
    return to - from;
  }
}
