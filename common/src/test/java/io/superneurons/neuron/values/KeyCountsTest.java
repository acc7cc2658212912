package io.superneurons.neuron.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.Float16;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCountsTest {
  /** From a few rows, which are compared, to many. */
  @ParameterizedTest
  @CsvSource({"1, 1", "40, 3", "97, 2000", "3000, 65535", "70000, 9", "70000, 65535"})
  void countsAreThoseOfATreeOfKeys(int size, int different) {
    Random random = new Random(size + different);
    short[] halves = new short[2 * size];
    int[] floats = new int[2 * size];
    for (int i = 0; i < halves.length; i++) {
      int key = random.nextInt(different) - different / 2;
      halves[i] = (short) key;
      floats[i] = key * 3;
    }
    int[] rows = random.ints(size, 0, halves.length).toArray();
    int[] labels = IntStream.range(0, size).map(i -> i < size / 3 ? 0 : 1).toArray();
    KeyCounts counts = new KeyCounts();
    for (int again = 0; again < 2; again++) {
      new HalfValues(halves, new HalfValues.Scratch()).count(rows, labels, counts);
      same(halves, rows, labels, counts, 1);
      new FloatValues(floats, new FloatValues.Scratch()).count(rows, labels, counts);
      same(halves, rows, labels, counts, 3);
    }
  }

  private static void same(short[] keys, int[] rows, int[] labels, KeyCounts found, int scale) {
    TreeMap<Integer, int[]> byKey = new TreeMap<>();
    for (int i = 0; i < rows.length; i++) {
      int[] count = byKey.computeIfAbsent(scale * keys[rows[i]], key -> new int[2]);
      count[0]++;
      count[1] += labels[i];
    }
    assertEquals(byKey.size(), found.size());
    int place = 0;
    int[] below = new int[2];
    for (var entry : byKey.entrySet()) {
      below[0] += entry.getValue()[0];
      below[1] += entry.getValue()[1];
      int[] counted = {found.keys()[place], found.rows()[place], found.positives()[place]};
      assertArrayEquals(new int[] {entry.getKey(), below[0], below[1]}, counted);
      place++;
    }
  }

  @Test
  void countingLeavesNothingBehind() {
    HalfValues.Scratch scratch = new HalfValues.Scratch();
    short[] keys = new short[400];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Keys.ofHalf(Float16.fromFloat(i % 50 - 25));
    }
    int[] rows = IntStream.range(0, 200).toArray();
    int[] labels = new int[200];
    KeyCounts counts = new KeyCounts();
    HalfValues values = new HalfValues(keys, scratch);
    values.count(rows, labels, counts);
    values.count(rows, labels, counts);
    assertEquals(50, counts.size());
    assertEquals(200, counts.rows()[49]);
    assertEquals(0, counts.positives()[49]);
  }
}
