package io.superneurons.jobs;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import java.io.Serializable;
import java.util.ArrayList;
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
  /**
   * Cuts columns into shards.
   *
   * @param rows rows whose activations a shard holds at once
   * @param bytes memory for them; at least one neuron, or one attention head, whatever the memory
   */
  static List<SelectShard> plan(
      List<LayerSite> columns, ActivationsMetadata metadata, long rows, long bytes) {
    List<SelectShard> shards = new ArrayList<>();
    for (LayerSite column : columns) {
      int width = metadata.layout().width(column.site());
      int unit = unit(column, metadata);
      long fitting = Math.min(width, bytes / Math.max(1, rows * Float.BYTES)) / unit * unit;
      int step = (int) Math.max(unit, fitting);
      for (int from = 0; from < width; from += step) {
        shards.add(new SelectShard(column, from, Math.min(width, from + step)));
      }
    }
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
