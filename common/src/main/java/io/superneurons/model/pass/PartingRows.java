package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of a pass on their way down: the pass goes from stop to stop, the next lowest of all
 * rows, and loses those that leave there.
 */
public final class PartingRows {
  private static final long[] NO_ANSWER = {};

  private final ModelPass pass;
  private final Descent descent;
  private final RowOutput[] outputs;
  private final Stop[] stops;
  private int[] left; // rows of the batch that are in the pass, ascending

  public PartingRows(ModelPass pass, Descent descent) {
    this.pass = pass;
    this.descent = descent;
    this.outputs = new RowOutput[pass.rows()];
    this.stops = new Stop[pass.rows()];
    this.left = IntStream.range(0, pass.rows()).toArray();
  }

  /**
   * Takes all rows to where they leave.
   *
   * @param endTokens ids that end an answer
   * @return one output per row
   */
  public List<RowOutput> run(Set<Long> endTokens) {
    stopped(Optional.empty());
    while (left.length > 0) {
      Optional<ModelLayer> first =
          Arrays.stream(left)
              .mapToObj(row -> stops[row])
              .flatMap(stop -> stop instanceof Stop.At at ? Stream.of(at.layer()) : Stream.empty())
              .min(Comparator.naturalOrder());
      if (first.isEmpty()) {
        answer(endTokens);
      } else {
        pass.descend(first.get());
        stopped(first);
      }
    }
    return List.of(outputs);
  }

  /** Asks the rows that stop at a layer, and lets those go that leave. */
  private void stopped(Optional<ModelLayer> layer) {
    List<SortedMap<LayerSite, float[]>> activations = pass.activations();
    int[] stay = // indices among those that are left
        IntStream.range(0, left.length)
            .filter(i -> staysAfter(layer, left[i], activations.get(i)))
            .toArray();
    if (stay.length < left.length) {
      left = Arrays.stream(stay).map(i -> left[i]).toArray();
      if (stay.length > 0) {
        pass.only(stay);
      }
    }
  }

  private boolean staysAfter(
      Optional<ModelLayer> layer, int row, SortedMap<LayerSite, float[]> activations) {
    if (layer.isPresent() && !stops[row].equals(Stop.at(layer.get()))) {
      return true;
    }
    Stop next = descent.next(row, layer, activations);
    if (next.equals(Stop.LEAVE)) {
      outputs[row] = new RowOutput(activations, NO_ANSWER);
      return false;
    }
    if (layer.isPresent() && next instanceof Stop.At at && at.layer().compareTo(layer.get()) <= 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "A row at %s cannot go on to %s", layer.get(), at.layer()));
    }
    stops[row] = next;
    return true;
  }

  private void answer(Set<Long> endTokens) {
    List<long[]> answers = pass.answer(endTokens);
    List<SortedMap<LayerSite, float[]>> activations = pass.activations();
    for (int i = 0; i < left.length; i++) {
      outputs[left[i]] = new RowOutput(activations.get(i), answers.get(i));
    }
    left = new int[0];
  }
}
