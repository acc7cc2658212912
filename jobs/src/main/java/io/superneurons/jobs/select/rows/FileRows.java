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

  /** The files of the table's rows, by path. */
  static List<FileRows> of(List<LabelledRow> rows) {
    Map<String, Integer> lengths = new TreeMap<>();
    rows.forEach(
        row -> lengths.merge(row.file(), Math.toIntExact(row.position() + 1), Integer::max));
    Map<String, FileRows> files = new TreeMap<>();
    lengths.forEach((path, length) -> files.put(path, new FileRows(path, unwanted(length))));
    for (int row = 0; row < rows.size(); row++) {
      files.get(rows.get(row).file()).targets[(int) rows.get(row).position()] = row;
    }
    return new ArrayList<>(files.values());
  }

  private static int[] unwanted(int length) {
    int[] targets = new int[length];
    Arrays.fill(targets, UNWANTED);
    return targets;
  }

  /** The target of the row at that position. */
  public int target(long position) {
    return position < targets.length ? targets[(int) position] : UNWANTED;
  }
}
