package io.superneurons.jobs.select.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Requests that one Spark task answers in one pass over the files.
 *
 * @param requests in their order
 */
public record Together<T extends Serializable>(List<T> requests) implements Serializable {
  public Together {
    requests = List.copyOf(requests);
  }

  /** A group that takes in more. */
  private static final class Group {
    private final List<Integer> places = new ArrayList<>();
    private long bytes;
  }

  /**
   * Deals requests into groups of about the same size: the largest first, each to the smallest
   * group.
   *
   * @param bytes size of a request
   * @param most size of a group, unless a single request is larger
   * @param groups how many groups there are, if their size allows it
   * @return the groups; within each the requests have their order
   */
  static <T extends Serializable> List<Together<T>> of(
      List<T> requests, ToLongFunction<T> bytes, long most, int groups) {
    long[] sizes = requests.stream().mapToLong(bytes).toArray();
    List<Group> dealt = new ArrayList<>();
    IntStream.range(0, sizes.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer place) -> sizes[place]).reversed())
        .forEach(place -> add(dealt, place, sizes[place], most, groups));
    return dealt.stream()
        .map(group -> new Together<>(group.places.stream().sorted().map(requests::get).toList()))
        .toList();
  }

  private static void add(List<Group> dealt, int place, long size, long most, int groups) {
    Group smallest =
        dealt.stream().min(Comparator.comparingLong((Group group) -> group.bytes)).orElse(null);
    if (smallest == null || dealt.size() < groups || smallest.bytes + size > most) {
      smallest = new Group();
      dealt.add(smallest);
    }
    smallest.places.add(place);
    smallest.bytes += size;
  }
}
