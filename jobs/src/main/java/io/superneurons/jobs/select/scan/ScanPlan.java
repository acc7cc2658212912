package io.superneurons.jobs.select.scan;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.rule.Slot;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What every scan of the activations needs to know; broadcast once.
 *
 * @param files the Parquet files, where their rows go and where their columns lie
 * @param rows how many rows the table has
 * @param metadata of the activations
 * @param tasks those that are looked at; requests name them by their index in this list
 * @param kept how many candidates of each ranking a shard hands back
 */
public record ScanPlan(
    List<ScannedFile> files,
    int rows,
    ActivationsMetadata metadata,
    List<PlacedTask> tasks,
    int kept)
    implements Serializable {
  /**
   * How often files are opened in a look at them, where memory allows it and each core has a pass:
   * with few files each request reads them by itself, so that all cores end at about the same time.
   */
  private static final int MOST_OPENINGS = 1_000;

  public ScanPlan {
    files = List.copyOf(files);
    tasks = List.copyOf(tasks);
  }

  /** The same scan of the same files and rows, but for these tasks. */
  public ScanPlan withTasks(List<PlacedTask> others) {
    return new ScanPlan(files, rows, metadata, others, kept);
  }

  /**
   * Puts requests together that one pass over the files answers.
   *
   * @param requests in their order
   * @param bytes of memory that answering each takes
   * @param most memory for a pass
   * @param cores how many passes there are at once
   */
  public <T extends Serializable> List<Together<T>> together(
      List<T> requests, ToLongFunction<T> bytes, long most, int cores) {
    return Together.of(
        requests, bytes, most, Math.max(cores, MOST_OPENINGS / Math.max(1, files.size())));
  }

  /** How the neurons of the task with that index are scored. */
  public TaskPlan plan(int task) {
    return tasks.get(task).plan();
  }

  /** Whether values of neurons of that slot are needed, and not their votes alone. */
  boolean needsValues(int task, Slot slot) {
    return tasks.get(task).valued().contains(slot.rule());
  }

  /** Row of the table at which the rows of the task with that index begin. */
  public int start(int task) {
    return tasks.get(task).start();
  }

  /** The rows that a scan of the column looks at: heads vote on all, neurons are scored on some. */
  BitSet scanned(LayerSite column) {
    BitSet scanned = new BitSet(rows);
    for (PlacedTask task : tasks) {
      if (column.site() == Site.ATTN_Z) {
        scanned.set(task.start(), task.end());
      } else {
        for (Trial trial : task.plan().trials()) {
          Arrays.stream(trial.fit()).forEach(row -> scanned.set(task.start() + row));
          Arrays.stream(trial.check()).forEach(row -> scanned.set(task.start() + row));
        }
      }
    }
    return scanned;
  }

  /**
   * Scalars of an attention head of a layer; the whole site where the number of heads is not known,
   * or the layer's site is not made of such heads.
   */
  int headWidth(LayerSite column) {
    int width = metadata.layout().width(column);
    int usual = metadata.layout().widths().usual(Site.ATTN_Z);
    int heads = metadata.attentionHeads();
    int head = heads == 0 || usual % heads != 0 ? width : usual / heads;
    return width % head == 0 ? head : width;
  }

  /**
   * Index of the task that a row of the table is of, or -1 if it is of none of these. The tasks
   * must stand in the order of their rows.
   */
  int taskOf(int row) {
    int low = 0;
    int high = tasks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tasks.get(middle).end() <= row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < tasks.size() && tasks.get(low).start() <= row ? low : -1;
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
