package io.superneurons.jobs.select.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static final long ROOM = 1_000;

  @Test
  void eachRequestIsDealtOnceAndGroupsKeepTheirOrder() {
    List<Integer> requests = IntStream.rangeClosed(1, 50).boxed().toList();
    List<List<Integer>> groups = dealt(requests, 4);
    assertEquals(4, groups.size());
    assertEquals(requests, groups.stream().flatMap(List::stream).sorted().toList());
    for (List<Integer> group : groups) {
      assertEquals(group.stream().sorted().toList(), group);
      int sum = group.stream().mapToInt(Integer::intValue).sum();
      assertTrue(Math.abs(sum - 1275 / 4) <= 50, "groups are alike: " + groups);
    }
  }

  @Test
  void aGroupTakesNoMoreMemoryThanThereIs() {
    List<Integer> requests = List.of(400, 400, 400, 400, 400, 1_500);
    List<List<Integer>> groups = dealt(requests, 1);
    assertEquals(
        List.of(List.of(1_500), List.of(400, 400), List.of(400, 400), List.of(400)), groups);
  }

  @Test
  void fewRequestsStandAlone() {
    assertEquals(List.of(List.of(3), List.of(2), List.of(1)), dealt(List.of(1, 2, 3), 8));
    assertEquals(List.of(), dealt(List.of(), 8));
  }

  private static List<List<Integer>> dealt(List<Integer> requests, int groups) {
    return Together.of(requests, Integer::longValue, ROOM, groups).stream()
        .map(Together::requests)
        .toList();
  }
}
