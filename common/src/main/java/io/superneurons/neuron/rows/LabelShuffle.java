package io.superneurons.neuron.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Shuffles the labels of a task's probing rows, and those of its validation rows. Rows of one image
 * keep their labels together: images with the same number of rows exchange them.
 */
public final class LabelShuffle {
  private final TaskRows rows;

  public LabelShuffle(TaskRows rows) {
    this.rows = rows;
  }

  /**
   * The probing and validation rows with other labels; later sets are left out.
   *
   * @param seed the same seed shuffles in the same way
   */
  public TaskRows shuffled(long seed) {
    int end = rows.end(TaskRows.VALIDATION);
    int[] given = Arrays.copyOf(rows.given(), end);
    SplittableRandom random = new SplittableRandom(seed);
    for (int set = TaskRows.PROBE; set <= TaskRows.VALIDATION; set++) {
      for (List<int[]> alike : imagesBySize(set)) {
        shuffle(alike, given, random);
      }
    }
    int[] setStarts = new int[rows.sets() + 1];
    Arrays.setAll(setStarts, set -> set > TaskRows.VALIDATION ? end : rows.start(set));
    return new TaskRows(
        rows.task(), rows.labels(), given, Arrays.copyOf(rows.images(), end), setStarts);
  }

  /**
   * The images of a set, grouped by their number of rows; within a group in order of their first
   * row. An image is the positions of its rows [rows of the image].
   */
  private Iterable<List<int[]>> imagesBySize(int set) {
    Map<Integer, List<Integer>> rowsOfImage = new LinkedHashMap<>();
    for (int row = rows.start(set); row < rows.end(set); row++) {
      rowsOfImage.computeIfAbsent(rows.images()[row], image -> new ArrayList<>()).add(row);
    }
    Map<Integer, List<int[]>> bySize = new TreeMap<>();
    for (List<Integer> ofImage : rowsOfImage.values()) {
      bySize
          .computeIfAbsent(ofImage.size(), size -> new ArrayList<>())
          .add(ofImage.stream().mapToInt(Integer::intValue).toArray());
    }
    return bySize.values();
  }

  private void shuffle(List<int[]> images, int[] given, SplittableRandom random) {
    int[] from = new int[images.size()];
    Arrays.setAll(from, i -> i);
    for (int i = from.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = from[i];
      from[i] = from[j];
      from[j] = swapped;
    }
    for (int i = 0; i < from.length; i++) {
      int[] to = images.get(i);
      int[] source = images.get(from[i]);
      for (int row = 0; row < to.length; row++) {
        given[to[row]] = rows.given()[source[row]];
      }
    }
  }
}
