package io.superneurons.jobs.select.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One Parquet file of activations and where its rows go.
 *
 * @param path Hadoop URI of the file
 * @param targets for each row of the file, in its order, the row of the table that it becomes, or
 *     -1; rows after the last entry are not wanted
 */
public record FileRows(String path, int[] targets) implements Serializable {
  public static final int UNWANTED = -1;

  /**
   * The files of the table's rows, by path.
   *
   * @param tasks in the order of the table
   * @param texts those that rows hold numbers of
   */
  static List<FileRows> of(List<OrderedTask> tasks, Texts texts) {
    int[] lengths = new int[texts.size()];
    for (OrderedTask task : tasks) {
      for (int row = 0; row < task.size(); row++) {
        int file = task.file(row);
        lengths[file] = Math.max(lengths[file], task.position(row) + 1);
      }
    }
    int[][] targets = new int[lengths.length][];
    Map<String, FileRows> files = new TreeMap<>();
    for (int file = 0; file < lengths.length; file++) {
      if (lengths[file] > 0) {
        targets[file] = unwanted(lengths[file]);
        files.put(texts.text(file), new FileRows(texts.text(file), targets[file]));
      }
    }
    int start = 0;
    for (OrderedTask task : tasks) {
      for (int row = 0; row < task.size(); row++) {
        targets[task.file(row)][task.position(row)] = start + row;
      }
      start += task.size();
    }
    return new ArrayList<>(files.values());
  }

  private static int[] unwanted(int length) {
    int[] targets = new int[length];
    Arrays.fill(targets, UNWANTED);
    return targets;
  }

  /** How many of its rows the table has. */
  public int wanted() {
    return (int) Arrays.stream(targets).filter(target -> target != UNWANTED).count();
  }

  /** The target of the row at that position. */
  public int target(long position) {
    return position < targets.length ? targets[(int) position] : UNWANTED;
  }
}
