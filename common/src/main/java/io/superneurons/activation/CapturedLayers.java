package io.superneurons.activation;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which layers of a part of a model are captured.
 *
 * @param layers of the part; 0 if they are not known, as nothing of the part is captured
 * @param captured zero-based layers that were captured, ascending, each below {@code layers}
 */
public record CapturedLayers(int layers, List<Integer> captured) implements Serializable {
  /** Nothing of the part. */
  public static final CapturedLayers NONE = new CapturedLayers(0, List.of());

  public CapturedLayers {
    captured = List.copyOf(captured);
    if (layers < 0) {
      throw new IllegalArgumentException("A model cannot have " + layers + " layers");
    }
    int previous = -1;
    for (int layer : captured) {
      if (layer <= previous || layer >= layers) {
        throw new IllegalArgumentException(
            "Captured layers must ascend below " + layers + ", not " + captured);
      }
      previous = layer;
    }
  }

  /** Every layer captured. */
  public static CapturedLayers all(int layers) {
    return new CapturedLayers(layers, IntStream.range(0, layers).boxed().toList());
  }

  /** None of that many layers captured. */
  public static CapturedLayers noneOf(int layers) {
    return new CapturedLayers(layers, List.of());
  }

  /** Whether every layer is captured. */
  boolean whole() {
    return captured.size() == layers;
  }
}
