package io.superneurons.activation;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which activations of a site are wanted: all of them, or some by index.
 *
 * @param indices zero-based, ascending, without repeats; empty for the whole site
 */
public record SiteNeurons(List<Integer> indices) {
  private static final SiteNeurons ALL = new SiteNeurons(List.of());

  public SiteNeurons {
    indices = List.copyOf(indices);
    if (!indices.equals(List.copyOf(new TreeSet<>(indices)))) {
      throw new IllegalArgumentException("indices must be ascending, without repeats: " + indices);
    }
    if (!indices.isEmpty() && indices.get(0) < 0) {
      throw new IllegalArgumentException("An index cannot be negative: " + indices.get(0));
    }
  }

  /** The whole site. */
  public static SiteNeurons all() {
    return ALL;
  }

  /** Some of them, at least one. */
  public static SiteNeurons of(SortedSet<Integer> indices) {
    if (indices.isEmpty()) {
      throw new IllegalArgumentException("A site of which nothing is wanted is left out");
    }
    return new SiteNeurons(List.copyOf(indices));
  }

  /** Whether it is the whole site. */
  public boolean whole() {
    return indices.isEmpty();
  }

  /**
   * Where a neuron's value stands among those wanted.
   *
   * @param index of the neuron in the site
   * @throws IllegalArgumentException if it is not wanted
   */
  public int position(int index) {
    int position = whole() ? index : Collections.binarySearch(indices, index);
    if (position < 0) {
      throw new IllegalArgumentException("Neuron " + index + " was not asked for");
    }
    return position;
  }

  /**
   * How many values are wanted.
   *
   * @param width of the site
   */
  public int count(int width) {
    return whole() ? width : indices.size();
  }

  /** The highest index that is named; -1 for the whole site. */
  public int last() {
    return whole() ? -1 : indices.get(indices.size() - 1);
  }

  /** The indices [wanted]; empty for the whole site. */
  public long[] toArray() {
    return indices.stream().mapToLong(Integer::longValue).toArray();
  }
}
