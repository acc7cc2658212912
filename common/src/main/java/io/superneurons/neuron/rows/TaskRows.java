package io.superneurons.neuron.rows;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The labelled rows of one task in their canonical order: set by set (probing rows first, then
 * validation, test, and further evaluation sets), by id within a set.
 *
 * @param task its name
 * @param labels the names that label indexes stand for, sorted; at least two
 * @param given label index of each row [rows]
 * @param images number of the image of each row [rows]: from 0, in the order in which images first
 *     occur
 * @param setStarts position of each set's first row, and at the end the number of rows [sets + 1];
 *     sets may be empty, except {@link #PROBE}
 */
public record TaskRows(String task, List<String> labels, int[] given, int[] images, int[] setStarts)
    implements Serializable {
  /** Set of the rows that rules are fitted on and neurons are ranked by. */
  public static final int PROBE = 0;

  /** Set of the rows that choose rule, number of neurons, vote and exit layer. */
  public static final int VALIDATION = 1;

  /** Set of the rows that choose nothing. */
  public static final int TEST = 2;

  public TaskRows {
    labels = List.copyOf(labels);
    if (labels.size() < 2) {
      throw new IllegalArgumentException("Task " + task + " has fewer than two labels");
    }
    if (images.length != given.length) {
      throw new IllegalArgumentException("Task " + task + " has rows without an image's number");
    }
    if (setStarts[setStarts.length - 1] != given.length || setStarts[1] == 0) {
      throw new IllegalArgumentException("Task " + task + " has no probing rows, or sets overlap");
    }
  }

  /** The rows of a task in which every row has an image of its own. */
  public static TaskRows ofDistinctImages(
      String task, List<String> labels, int[] given, int[] setStarts) {
    return new TaskRows(task, labels, given, IntStream.range(0, given.length).toArray(), setStarts);
  }

  /** How many rows there are in all sets. */
  public int size() {
    return given.length;
  }

  /** How many sets there are, empty ones included. */
  public int sets() {
    return setStarts.length - 1;
  }

  /** Position of the set's first row. */
  public int start(int set) {
    return setStarts[set];
  }

  /** Position after the set's last row. */
  public int end(int set) {
    return setStarts[set + 1];
  }

  /** Rows in the set. */
  public int size(int set) {
    return end(set) - start(set);
  }

  /**
   * One of the rows of each image, by lot; the lot of a row is always the same.
   *
   * @param rows positions, ascending [rows]
   * @return positions, ascending [images]
   */
  public int[] ofDistinctImages(int[] rows) {
    Map<Integer, Integer> drawn = new HashMap<>();
    for (int row : rows) {
      drawn.merge(images[row], row, (a, b) -> lot(a) < lot(b) ? a : b);
    }
    return drawn.values().stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /**
   * Deals rows out by lot, those of one image together; the lot of an image is always the same.
   *
   * @param from positions, ascending [rows]
   * @param parts into how many
   * @return positions, ascending; as many parts as there are images, if these are fewer, and none
   *     if there are not two of them
   */
  int[][] dealt(int[] from, int parts) {
    int[] firsts =
        Arrays.stream(ofDistinctImages(from))
            .boxed()
            .sorted(Comparator.comparingLong(TaskRows::lot))
            .mapToInt(Integer::intValue)
            .toArray();
    int dealt = Math.min(parts, firsts.length);
    Map<Integer, Integer> partOfImage = new HashMap<>();
    for (int i = 0; i < firsts.length; i++) {
      partOfImage.put(images[firsts[i]], i % dealt);
    }
    return IntStream.range(0, dealt < 2 ? 0 : dealt)
        .mapToObj(
            part ->
                Arrays.stream(from).filter(row -> partOfImage.get(images[row]) == part).toArray())
        .toArray(int[][]::new);
  }

  private static long lot(int row) {
    return new SplittableRandom(row).nextLong();
  }
}
