package io.superneurons.torch;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What libtorch's profiler tells of some work: the operators that compute something, each of which
 * is at least one kernel on a GPU.
 */
public final class Operators {
  /**
   * Operators that compute nothing themselves: they look at tensors in other ways, make room for
   * them, or call others.
   */
  private static final Set<String> WITHOUT_KERNEL =
      Set.of(
          ("alias as_strided chunk contiguous detach empty empty_like empty_strided expand flatten"
                  + " is_nonzero item layer_norm linear _local_scalar_dense matmul narrow new_empty"
                  + " permute reshape _reshape_alias resize_ resolve_conj result_type"
                  + " scaled_dot_product_attention select slice split squeeze t to _to_copy"
                  + " transpose unflatten _unsafe_view unsqueeze view")
              .split(" "));

  private Operators() {}

  /** The operators of some work, and how often each runs. */
  public static SortedMap<String, Integer> of(Runnable work) {
    try {
      Path trace = Files.createTempFile("operators", ".json");
      try {
        JniUtils.startProfile(false, false, false);
        try {
          work.run();
        } finally {
          JniUtils.stopProfile(trace.toString());
        }
        return count(new ObjectMapper().readTree(trace.toFile()));
      } finally {
        Files.delete(trace);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Event(String name, double start, double end) {}

  private static SortedMap<String, Integer> count(JsonNode trace) {
    List<Event> events = new ArrayList<>();
    for (JsonNode event : trace.isArray() ? trace : trace.get("traceEvents")) {
      String name = event.path("name").asText();
      if (event.path("ph").asText().equals("X") && name.contains("::")) {
        double start = event.get("ts").asDouble();
        events.add(new Event(name, start, start + event.get("dur").asDouble()));
      }
    }
    events.sort(
        Comparator.comparingDouble(Event::start)
            .thenComparing(Comparator.comparingDouble(Event::end).reversed()));
    SortedMap<String, Integer> counts = new TreeMap<>();
    double countedTo = 0; // what a counted operator calls is part of it
    for (Event event : events) {
      String name = event.name.substring(event.name.lastIndexOf(':') + 1);
      if (event.end > countedTo && !WITHOUT_KERNEL.contains(name)) {
        counts.merge(name, 1, Integer::sum);
        countedTo = event.end;
      }
    }
    return counts;
  }
}
