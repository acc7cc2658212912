package io.superneurons.jobs.select.scan;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.select.rows.FileRows;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.Trial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What every task of select's scans needs; broadcast once.
 *
 * @param files the Parquet files and where their rows go
 * @param rows how many rows are wanted
 * @param metadata of the activations
 * @param plans how each task's neurons are scored
 * @param starts the first row of each task
 * @param kept how many candidates of each ranking a shard hands back
 */
public record ScanPlan(
    List<FileRows> files,
    int rows,
    ActivationsMetadata metadata,
    List<TaskPlan> plans,
    int[] starts,
    int kept)
    implements Serializable {
  public ScanPlan {
    files = List.copyOf(files);
    plans = List.copyOf(plans);
  }

  /** The same scan for other tasks on the same rows, one after another, over and over. */
  public ScanPlan onShuffledLabels(List<TaskPlan> shuffled) {
    int[] repeated = new int[shuffled.size()];
    Arrays.setAll(repeated, task -> starts[task % starts.length]);
    return new ScanPlan(files, rows, metadata, shuffled, repeated, kept);
  }

  /** The rows that a scan of the column looks at: heads vote on all, neurons are scored on some. */
  BitSet scanned(LayerSite column) {
    BitSet scanned = new BitSet(rows);
    for (int task = 0; task < plans.size(); task++) {
      int start = starts[task];
      if (column.site() == Site.ATTN_Z) {
        scanned.set(start, start + plans.get(task).rows().size());
      } else {
        for (Trial trial : plans.get(task).trials()) {
          Arrays.stream(trial.fit()).forEach(row -> scanned.set(start + row));
          Arrays.stream(trial.check()).forEach(row -> scanned.set(start + row));
        }
      }
    }
    return scanned;
  }

  /** The same for some of the tasks, on the same files and rows. */
  public ScanPlan part(int from, int to) {
    return new ScanPlan(
        files, rows, metadata, plans.subList(from, to), Arrays.copyOfRange(starts, from, to), kept);
  }

  /** Scalars of an attention head; the whole site where the number of heads is not known. */
  int headWidth() {
    int width = metadata.layout().width(Site.ATTN_Z);
    int heads = metadata.attentionHeads();
    return heads == 0 || width % heads != 0 ? width : width / heads;
  }

  /** The task that a row of the table is of; -1 if it is none of these. */
  int taskOf(int row) {
    int found = Arrays.binarySearch(starts, row);
    int task = found >= 0 ? found : -found - 2;
    return task < 0 || row - starts[task] >= plans.get(task).rows().size() ? -1 : task;
  }

  /** Reads with the executor's own Hadoop settings. */
  ActivationReader reader() {
    return new ActivationReader(files, metadata.storeDType(), hadoop());
  }

  /** The executor's own Hadoop settings, so that s3a and the like work there. */
  public static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }
}
