package io.superneurons.jobs.select.scan;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How columns are cut into the shards that Spark tasks score. */
public final class ShardPlan {
  /** Pieces that a core works through, so that all cores end at about the same time. */
  private static final int PER_CORE = 6;

  /** A smaller shard would read a column again for too little work. */
  private static final int FEWEST = 256;

  private ShardPlan() {}

  /**
   * Cuts columns into shards.
   *
   * @param work what is scored
   * @param bytes memory for one shard, all that scoring it takes
   * @param cores how many shards are scored at once
   * @throws ConfigurationException if not even one neuron, or one attention head, fits
   */
  public static List<Shard> of(List<LayerSite> columns, ScanPlan work, long bytes, int cores) {
    ActivationsMetadata metadata = work.metadata();
    long neurons = columns.stream().mapToLong(c -> metadata.layout().width(c)).sum();
    long even = Math.max(FEWEST, neurons / ((long) PER_CORE * cores));
    List<Shard> shards = new ArrayList<>();
    for (LayerSite column : columns) {
      int width = metadata.layout().width(column);
      int unit = unit(column, work);
      long fitting = ShardMemory.of(work, column).fitting(bytes, unit);
      int units = width / unit;
      long most = Math.max(1, Math.min(units, fitting / unit));
      // Two pieces read the column twice: one that is a little too large is the lesser evil.
      long balanced = Math.max(1, Math.round((double) width / even));
      int pieces = (int) Math.min(units, Math.max(balanced, (units + most - 1) / most));
      int step = (units + pieces - 1) / pieces * unit;
      for (int from = 0; from < width; from += step) {
        shards.add(new Shard(column, from, Math.min(width, from + step)));
      }
    }
    // The largest first, so that small ones fill the cores at the end.
    shards.sort(Comparator.comparingInt(Shard::size).reversed());
    return shards;
  }

  /** Heads stay whole: their vectors are a baseline. */
  private static int unit(LayerSite column, ScanPlan work) {
    return column.site() == Site.ATTN_Z ? work.headWidth(column) : 1;
  }
}
