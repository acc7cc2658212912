package io.superneurons.model.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The tokens of several rows, one after another without padding. Rows on one image share their
 * common prefix (system text, image, start of the prompt): it stands once, as a segment of its own,
 * and its keys and values serve all of them.
 *
 * @param ids token ids [tokens]
 * @param positions rotary positions [axes, tokens]
 * @param segments start, length and parent (-1 for none) of each segment [3 * segments]; a parent
 *     comes before its children
 * @param rowSegments the segment that ends each row, in the order of the rows given [rows]
 * @param last index of each row's last prompt token [rows]
 * @param slots indices of tokens that an image's feature replaces [slots]
 * @param sources which row of all images' features goes there [slots]
 * @param nextPositions rotary position of each row's first generated token, on every axis [rows]
 */
public record PackedBatch(
    long[] ids,
    long[][] positions,
    int[] segments,
    int[] rowSegments,
    long[] last,
    long[] slots,
    long[] sources,
    long[] nextPositions) {

  /**
   * Packs rows.
   *
   * @param rows at least one; all have equally many axes of positions
   * @param featureCounts features of each image of the batch, in the order in which they stand one
   *     after another
   */
  public static PackedBatch of(List<Sequence> rows, int[] featureCounts) {
    return new Packer(rows, featureCounts).pack();
  }

  /**
   * Some of a batch's rows.
   *
   * @param batch of these rows alone
   * @param tokens where its tokens stood in the batch that it was part of [tokens]
   */
  public record Part(PackedBatch batch, long[] tokens) {}

  /**
   * The batch without the other rows and the tokens that only they need.
   *
   * @param rows indices, ascending
   */
  public Part only(int[] rows) {
    return new Narrowing(this, rows).part();
  }

  /** Ids of a row's prompt, those that it shares with others included. */
  long[] promptIds(int row) {
    int own = rowSegments[row];
    int parent = segments[3 * own + 2];
    LongStream shared = parent < 0 ? LongStream.empty() : segmentIds(parent);
    return LongStream.concat(shared, segmentIds(own)).toArray();
  }

  private LongStream segmentIds(int segment) {
    int start = segments[3 * segment];
    return Arrays.stream(ids, start, start + segments[3 * segment + 1]);
  }

  /**
   * Start and length of each run of an image's tokens that stand side by side within a segment [2 *
   * runs].
   */
  int[] imageRuns() {
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      int last = runs.size() - 1;
      boolean follows = i > 0 && slots[i] == slots[i - 1] + 1 && !startsSegment(slots[i]);
      if (follows) {
        runs.set(last, runs.get(last) + 1);
      } else {
        runs.addAll(List.of((int) slots[i], 1));
      }
    }
    return runs.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean startsSegment(long token) {
    return IntStream.range(0, segments.length / 3).anyMatch(s -> segments[3 * s] == token);
  }

  public int rows() {
    return last.length;
  }

  public int tokens() {
    return ids.length;
  }

  private static final class Packer {
    private final List<Sequence> rows;
    private final int[] firstFeature;
    private final List<Long> ids = new ArrayList<>();
    private final List<List<Long>> positions = new ArrayList<>();
    private final List<Integer> segments = new ArrayList<>();
    private final List<Long> slots = new ArrayList<>();
    private final List<Long> sources = new ArrayList<>();
    private final int[] rowSegments;
    private final long[] last;
    private final long[] nextPositions;

    Packer(List<Sequence> rows, int[] featureCounts) {
      this.rows = rows;
      this.firstFeature = new int[featureCounts.length];
      for (int i = 1; i < featureCounts.length; i++) {
        firstFeature[i] = firstFeature[i - 1] + featureCounts[i - 1];
      }
      this.rowSegments = new int[rows.size()];
      this.last = new long[rows.size()];
      this.nextPositions = new long[rows.size()];
      for (int axis = 0; axis < rows.get(0).positions().length; axis++) {
        positions.add(new ArrayList<>());
      }
    }

    PackedBatch pack() {
      Map<Integer, List<Integer>> byImage = new LinkedHashMap<>();
      for (int row = 0; row < rows.size(); row++) {
        byImage.computeIfAbsent(rows.get(row).image(), image -> new ArrayList<>()).add(row);
      }
      byImage.values().forEach(this::packGroup);
      return new PackedBatch(
          longs(ids),
          positions.stream().map(Packer::longs).toArray(long[][]::new),
          segments.stream().mapToInt(Integer::intValue).toArray(),
          rowSegments,
          last,
          longs(slots),
          longs(sources),
          nextPositions);
    }

    private void packGroup(List<Integer> group) {
      int prefix = group.size() > 1 ? commonPrefix(group) : 0;
      int parent = prefix > 0 ? append(rows.get(group.get(0)), 0, prefix, -1) : -1;
      for (int row : group) {
        Sequence sequence = rows.get(row);
        rowSegments[row] = append(sequence, prefix, sequence.length(), parent);
        last[row] = ids.size() - 1L;
        nextPositions[row] = sequence.nextPosition();
      }
    }

    /**
     * Every row keeps at least its last token, whose activations are what is asked for; and an
     * image stays whole, since its tokens may see each other both ways.
     */
    private int commonPrefix(List<Integer> group) {
      Sequence first = rows.get(group.get(0));
      int prefix = Integer.MAX_VALUE;
      for (int row : group) {
        Sequence sequence = rows.get(row);
        prefix = Math.min(prefix, Math.min(first.commonPrefix(sequence), sequence.length() - 1));
      }
      while (prefix > 0 && first.features()[prefix - 1] >= 0 && first.features()[prefix] >= 0) {
        prefix--;
      }
      return prefix;
    }

    private int append(Sequence sequence, int from, int to, int parent) {
      int segment = segments.size() / 3;
      segments.addAll(List.of(ids.size(), to - from, parent));
      for (int i = from; i < to; i++) {
        if (sequence.features()[i] >= 0) {
          slots.add((long) ids.size());
          sources.add((long) firstFeature[sequence.image()] + sequence.features()[i]);
        }
        ids.add(sequence.ids()[i]);
        for (int axis = 0; axis < positions.size(); axis++) {
          positions.get(axis).add(sequence.positions()[axis][i]);
        }
      }
      return segment;
    }

    private static long[] longs(List<Long> values) {
      return values.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** Leaves out segments that no row needs, and renumbers the rest. */
  private static final class Narrowing {
    private final PackedBatch all;
    private final int[] rows;
    private final boolean[] kept; // by segment
    private final int[] newSegment; // by segment
    private final int[] newToken; // by token; -1 for those left out
    private final List<Integer> segments = new ArrayList<>();

    Narrowing(PackedBatch all, int[] rows) {
      this.all = all;
      this.rows = rows;
      this.kept = new boolean[all.segments.length / 3];
      this.newSegment = new int[kept.length];
      this.newToken = new int[all.tokens()];
    }

    Part part() {
      for (int row : rows) {
        for (int s = all.rowSegments[row]; s >= 0; s = all.segments[3 * s + 2]) {
          kept[s] = true;
        }
      }
      renumber();
      int[] tokens = IntStream.range(0, newToken.length).filter(t -> newToken[t] >= 0).toArray();
      int[] slots =
          IntStream.range(0, all.slots.length)
              .filter(i -> newToken[(int) all.slots[i]] >= 0)
              .toArray();
      PackedBatch left =
          new PackedBatch(
              at(all.ids, tokens),
              Arrays.stream(all.positions).map(axis -> at(axis, tokens)).toArray(long[][]::new),
              segments.stream().mapToInt(Integer::intValue).toArray(),
              Arrays.stream(rows).map(row -> newSegment[all.rowSegments[row]]).toArray(),
              renumbered(at(all.last, rows)),
              renumbered(at(all.slots, slots)),
              at(all.sources, slots),
              at(all.nextPositions, rows));
      return new Part(left, Arrays.stream(tokens).asLongStream().toArray());
    }

    private void renumber() {
      Arrays.fill(newToken, -1);
      int tokens = 0;
      for (int s = 0; s < kept.length; s++) {
        if (kept[s]) {
          int length = all.segments[3 * s + 1];
          int parent = all.segments[3 * s + 2];
          newSegment[s] = segments.size() / 3;
          segments.addAll(List.of(tokens, length, parent < 0 ? -1 : newSegment[parent]));
          for (int i = 0; i < length; i++) {
            newToken[all.segments[3 * s] + i] = tokens++;
          }
        }
      }
    }

    private long[] renumbered(long[] tokens) {
      return Arrays.stream(tokens).map(token -> newToken[(int) token]).toArray();
    }

    private static long[] at(long[] values, int[] indices) {
      return Arrays.stream(indices).mapToLong(i -> values[i]).toArray();
    }
  }
}
