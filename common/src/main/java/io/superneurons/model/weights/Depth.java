package io.superneurons.model.weights;

import io.superneurons.activation.ModelLayer;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How much of a model is opened. What lies deeper is neither mapped nor read.
 *
 * @param last the last layer that is opened; null for all of them and the language head
 */
public record Depth(ModelLayer last) implements Serializable {
  /** All layers and the language head: the model can answer. */
  public static Depth full() {
    return new Depth(null);
  }

  /** All layers up to the exit layer, without the language head. */
  public static Depth upTo(ModelLayer exitLayer) {
    return new Depth(Objects.requireNonNull(exitLayer, "exitLayer"));
  }

  /** The vision tower, and layers 0 to the exit layer of the decoder. */
  public static Depth upTo(int exitLayer) {
    return upTo(ModelLayer.ofDecoder(exitLayer));
  }

  /** The last layer that is opened; empty for all of them and the language head. */
  public Optional<ModelLayer> exitLayer() {
    return Optional.ofNullable(last);
  }

  /** Whether the model opened so can generate an answer. */
  public boolean answers() {
    return last == null;
  }

  /** Whether nothing is opened but layers of the vision tower. */
  public boolean inTower() {
    return exitLayer().map(ModelLayer::inTower).orElse(false);
  }

  /** Whether another layer of the decoder after that one is opened, which reads what it gives. */
  public boolean goesBeyond(int layer) {
    return exitLayer().map(exit -> exit.compareTo(ModelLayer.ofDecoder(layer)) > 0).orElse(true);
  }

  /**
   * Layers of the decoder to open.
   *
   * @param layers how many the decoder has
   * @throws ModelException if the exit layer lies beyond them
   */
  public int layers(int layers) {
    return inTower() ? 0 : opened("model", layers);
  }

  /**
   * Layers of the vision tower to open.
   *
   * @param layers how many the model runs
   * @throws ModelException if the exit layer lies beyond them
   */
  public int towerLayers(int layers) {
    return inTower() ? opened("vision tower", layers) : layers;
  }

  private int opened(String what, int layers) {
    if (answers()) {
      return layers;
    }
    int exit = exitLayer().orElseThrow().number();
    if (exit >= layers) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The exit layer is %d, but the %s has layers 0 to %d only",
              exit,
              what,
              layers - 1));
    }
    return exit + 1;
  }

  /** For people, such as {@code up to layer 3}. */
  @Override
  public String toString() {
    return exitLayer().map(layer -> "up to " + layer).orElse("all layers");
  }
}
