package io.superneurons.jobs;

import io.superneurons.checkpoint.TensorInfo;
import io.superneurons.model.Depth;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a model's weights take, whole and cut off after a layer.
 *
 * @param elements how many weights; whatever their type
 * @param bytes as they are stored
 */
record WeightBytes(long elements, long bytes) {
  private static final Pattern LAYER = Pattern.compile("(?:^|\\.)layers\\.(\\d+)\\.");
  private static final Pattern VISION = Pattern.compile("(?:^|\\.)(?:vision|visual|image)");
  private static final Pattern HEAD = Pattern.compile("(?:^|\\.)lm_head\\.");

  /** Of all tensors: the model that answers. */
  static WeightBytes ofWhole(Collection<TensorInfo> tensors) {
    WeightBytes sum = new WeightBytes(0, 0);
    for (TensorInfo tensor : tensors) {
      sum = sum.plus(tensor);
    }
    return sum;
  }

  /** Of what a model of that depth opens. */
  static WeightBytes of(Depth depth, Collection<TensorInfo> tensors) {
    return depth.answers() ? ofWhole(tensors) : upTo(depth.exitLayer(), tensors);
  }

  /** Of everything but deeper decoder layers and the language head: the model that exits early. */
  static WeightBytes upTo(int exitLayer, Collection<TensorInfo> tensors) {
    return ofWhole(
        tensors.stream()
            .filter(tensor -> decoderLayer(tensor.name()) <= exitLayer)
            .filter(tensor -> !HEAD.matcher(tensor.name()).find())
            .toList());
  }

  /** The decoder layer that a tensor belongs to; -1 for towers, embeddings and the like. */
  private static int decoderLayer(String name) {
    Matcher layer = LAYER.matcher(name);
    return layer.find() && !VISION.matcher(name).find() ? Integer.parseInt(layer.group(1)) : -1;
  }

  /** How many tensors there are of each type, by its name in a safetensors header. */
  static SortedMap<String, Integer> types(Collection<TensorInfo> tensors) {
    SortedMap<String, Integer> types = new TreeMap<>();
    tensors.forEach(tensor -> types.merge(tensor.dtype().label(), 1, Integer::sum));
    return types;
  }

  private WeightBytes plus(TensorInfo tensor) {
    return new WeightBytes(elements + tensor.elementCount(), bytes + tensor.bytes());
  }

  /** Bytes when the model computes in numbers of that many bytes. */
  long in(int element) {
    return elements * element;
  }
}
