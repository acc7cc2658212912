package io.superneurons.jobs.select.rows;

import io.superneurons.activation.Split;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The rows of one task in their canonical order, each by its block and its place there. */
final class OrderedTask {
  private final String name;
  private final List<RowBlock> blocks;

  /** The block in the upper half, the place in the lower one [rows]. */
  private final long[] rows;

  private final int[] setStarts;

  /** What is left of a run; runs of one task and set are merged by the ids of their next rows. */
  private record Rest(RowBlock block, int number, int at, int end) implements Comparable<Rest> {
    @Override
    public int compareTo(Rest other) {
      int byId = RowBlock.compareIds(block, at, other.block, other.at);
      return byId != 0 ? byId : Integer.compare(number, other.number);
    }

    Rest next() {
      return new Rest(block, number, at + 1, end);
    }
  }

  private OrderedTask(String name, List<RowBlock> blocks, List<List<Rest>> bySet) {
    this.name = name;
    this.blocks = blocks;
    this.setStarts = new int[bySet.size() + 1];
    for (int set = 0; set < bySet.size(); set++) {
      int size = bySet.get(set).stream().mapToInt(run -> run.end - run.at).sum();
      setStarts[set + 1] = Math.addExact(setStarts[set], size);
    }
    this.rows = new long[setStarts[bySet.size()]];
    int filled = 0;
    for (List<Rest> ofSet : bySet) {
      PriorityQueue<Rest> left = new PriorityQueue<>(ofSet);
      while (!left.isEmpty()) {
        Rest least = left.remove();
        rows[filled++] = (long) least.number << Integer.SIZE | least.at;
        if (least.at + 1 < least.end) {
          left.add(least.next());
        }
      }
    }
  }

  /** All tasks, in the order of their names. */
  static List<OrderedTask> all(List<RowBlock> blocks, int sets) {
    Map<String, List<List<Rest>>> runs = new TreeMap<>();
    for (int number = 0; number < blocks.size(); number++) {
      RowBlock block = blocks.get(number);
      for (RowBlock.Run run : block.runs()) {
        runs.computeIfAbsent(run.task(), task -> lists(sets))
            .get(run.set())
            .add(new Rest(block, number, run.from(), run.to()));
      }
    }
    List<OrderedTask> tasks = new ArrayList<>();
    runs.forEach((task, bySet) -> tasks.add(new OrderedTask(task, blocks, bySet)));
    return tasks;
  }

  private static List<List<Rest>> lists(int count) {
    List<List<Rest>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  String name() {
    return name;
  }

  int size() {
    return rows.length;
  }

  int[] setStarts() {
    return setStarts.clone();
  }

  /** The set of a row. */
  int set(int row) {
    int set = 0;
    while (setStarts[set + 1] <= row) {
      set++;
    }
    return set;
  }

  private RowBlock block(int row) {
    return blocks.get((int) (rows[row] >>> Integer.SIZE));
  }

  private int place(int row) {
    return (int) rows[row];
  }

  String id(int row) {
    return block(row).id(place(row));
  }

  int label(int row) {
    return block(row).label(place(row));
  }

  int answer(int row) {
    return block(row).answer(place(row));
  }

  int file(int row) {
    return block(row).file(place(row));
  }

  int position(int row) {
    return block(row).position(place(row));
  }

  /**
   * Refuses an id that a set has twice, or that two of the task's own sets have.
   *
   * @param texts those that rows hold numbers of
   */
  void requireDistinct(Sets sets, Texts texts) {
    for (int set = 0; set + 1 < setStarts.length; set++) {
      int[] others = new int[Math.min(set, Split.NAMES.size())];
      System.arraycopy(setStarts, 0, others, 0, others.length);
      boolean isOwn = set < Split.NAMES.size();
      for (int row = setStarts[set]; row < setStarts[set + 1]; row++) {
        boolean twice = row > setStarts[set] && compareIds(row - 1, row) == 0;
        for (int other = 0; isOwn && other < others.length; other++) {
          while (others[other] < setStarts[other + 1] && compareIds(others[other], row) < 0) {
            others[other]++;
          }
          twice |= others[other] < setStarts[other + 1] && compareIds(others[other], row) == 0;
        }
        if (twice) {
          throw new ConfigurationException(
              String.format(
                  Locale.ROOT,
                  "Task '%s' has row '%s' more than once (set %s, %s): is a folder given twice?",
                  name,
                  id(row),
                  sets.name(set),
                  texts.text(file(row))));
        }
      }
    }
  }

  private int compareIds(int a, int b) {
    return RowBlock.compareIds(block(a), place(a), block(b), place(b));
  }

  /** The number of each row's image: from 0, in the order in which images first occur. */
  int[] images() {
    int mask = Integer.highestOneBit(Math.max(4, rows.length)) * 4 - 1;
    int[] firsts = new int[mask + 1]; // a row with the image, counted from 1
    int[] numbers = new int[rows.length];
    int images = 0;
    for (int row = 0; row < rows.length; row++) {
      int slot = block(row).imageHash(place(row)) & mask;
      while (firsts[slot] != 0 && !sameImage(firsts[slot] - 1, row)) {
        slot = slot + 1 & mask;
      }
      if (firsts[slot] == 0) {
        firsts[slot] = row + 1;
        numbers[row] = images++;
      } else {
        numbers[row] = numbers[firsts[slot] - 1];
      }
    }
    return numbers;
  }

  private boolean sameImage(int a, int b) {
    return RowBlock.sameImage(block(a), place(a), block(b), place(b));
  }

  /**
   * How many named images stand in more than one of the task's own sets.
   *
   * @param images the number of each row's image
   */
  int imagesOnBothSides(int[] images) {
    byte[] sets = new byte[images.length];
    Arrays.fill(sets, (byte) -1);
    BitSet shared = new BitSet();
    for (int set = 0; set < Split.NAMES.size(); set++) {
      for (int row = setStarts[set]; row < setStarts[set + 1]; row++) {
        if (block(row).namesImage(place(row))) {
          byte other = sets[images[row]];
          if (other >= 0 && other != set) {
            shared.set(images[row]);
          } else {
            sets[images[row]] = (byte) set;
          }
        }
      }
    }
    return shared.cardinality();
  }
}
