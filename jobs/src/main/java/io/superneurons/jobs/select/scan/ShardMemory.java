package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.score.NeuronScorer;
import java.util.Locale;

/**
 * Memory that scoring neurons of one column takes.
 *
 * @param column which column
 * @param fixed bytes that do not depend on the number of neurons: pages of Parquet, what sorting
 *     takes, the best candidates
 * @param perNeuron bytes that each neuron adds: its values and its scores
 */
record ShardMemory(LayerSite column, long fixed, long perNeuron) {
  static ShardMemory of(ScanPlan work, LayerSite column) {
    StoreDType dtype = work.metadata().storeDType();
    long rows = work.scanned(column).cardinality();
    long fixed = ColumnChunk.BYTES + (long) work.rows() * Integer.BYTES;
    long perNeuron = NeuronMatrix.bytesPerNeuron(dtype, rows);
    long headRows = 0;
    long shared = 0;
    for (PlacedTask task : work.tasks()) {
      TaskPlan plan = task.plan();
      fixed += NeuronScorer.bytes(plan) + TaskScorer.bytesOfLeaders(plan, work.kept());
      shared = Math.max(shared, NeuronScorer.sharedBytes(plan, dtype));
      perNeuron += TaskScorer.bytesPerNeuron(plan);
      headRows = Math.max(headRows, plan.rows().size());
    }
    fixed += shared;
    if (column.site() == Site.ATTN_Z) {
      fixed += headRows * work.headWidth(column) * Float.BYTES;
    }
    return new ShardMemory(column, fixed, perNeuron);
  }

  /**
   * How many neurons fit.
   *
   * @param bytes memory for all of it
   * @param unit neurons that stay together
   * @return a multiple of the unit
   * @throws ConfigurationException if not even one unit fits
   */
  long fitting(long bytes, int unit) {
    long units = (bytes - fixed) / (perNeuron * unit);
    if (bytes < fixed || units < 1) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--shard-memory of %d bytes is too little for %s: %d %s on these rows %s %d bytes;"
                  + " give more, or name fewer tasks with --tasks",
              bytes,
              column,
              unit,
              unit == 1 ? "neuron" : "neurons, which are one head,",
              unit == 1 ? "takes" : "take",
              bytes(unit)));
    }
    return units * unit;
  }

  /** Bytes that scoring so many neurons takes. */
  long bytes(int neurons) {
    return fixed + perNeuron * neurons;
  }
}
