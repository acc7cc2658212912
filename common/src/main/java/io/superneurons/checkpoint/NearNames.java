package io.superneurons.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the names that a wrong one may have meant. */
final class NearNames {
  private static final int COUNT = 3;

  private NearNames() {}

  /** The three nearest by edit distance, nearest first; ties in the order given. */
  static List<String> of(String wanted, Collection<String> names) {
    return names.stream()
        .map(name -> new Near(name, distance(wanted, name)))
        .sorted(Comparator.comparingInt(Near::distance))
        .limit(COUNT)
        .map(Near::name)
        .toList();
  }

  private record Near(String name, int distance) {}

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
