package io.superneurons.model.vision;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The images of a batch on their way through the vision tower. Those that are too many for one call
 * of the tower go in parts, one after another from stop to stop.
 */
public final class TowerPass {
  private final Vision vision;
  private final PassNumbers numbers;
  private final TensorScope scope;
  private List<Part> parts;
  private int next;

  /**
   * @param scope owns what the images need within the tower
   * @param numbers of the pass
   * @param images at least one
   */
  public TowerPass(Vision vision, TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
    this.vision = vision;
    this.numbers = numbers;
    this.scope = scope;
    this.parts = vision.parts(images).stream().map(Part::new).toList();
  }

  /** Images that are left. */
  public List<ImageInput> images() {
    return parts.stream().flatMap(part -> part.images.stream()).toList();
  }

  /** The layer that comes next. */
  public int next() {
    return next;
  }

  /**
   * Says what the images need on the device within the layers that are left.
   *
   * @param exitLayer where all of them leave; empty if they go on
   * @param wanted of a layer, by site
   */
  public void need(OptionalInt exitLayer, IntFunction<Map<Site, SiteNeurons>> wanted) {
    for (Part part : parts) {
      TowerStream stream = part.stream();
      for (int layer = next; layer < exitLayer.orElse(vision.tower().layers()); layer++) {
        stream.need(wanted.apply(layer));
      }
      exitLayer.ifPresent(layer -> stream.needExit(wanted.apply(layer), vision.tower()));
    }
  }

  /**
   * Takes the images through the layers up to one, that one included.
   *
   * @param layer not before {@link #next}
   * @param wanted of a layer, by site
   * @return the wanted neurons of each site of each layer [images, neurons]
   */
  public List<Map<Site, Tensor>> through(
      TensorScope owner, int layer, IntFunction<Map<Site, SiteNeurons>> wanted) {
    return run(owner, layer, (part, of) -> part.stream().layer(owner, wanted.apply(of)));
  }

  /**
   * Takes the images to the layer where all of them leave: of that one only what is wanted is
   * computed, and nothing can follow it.
   *
   * @param wanted of a layer, by site; something of the last one
   * @return the wanted neurons of each site of each layer [images, neurons]
   */
  public List<Map<Site, Tensor>> leave(
      TensorScope owner, int layer, IntFunction<Map<Site, SiteNeurons>> wanted) {
    TowerShape shape = vision.tower();
    return run(
        owner,
        layer,
        (part, of) ->
            of == layer
                ? part.stream().exitLayer(owner, wanted.apply(of), shape)
                : part.stream().layer(owner, wanted.apply(of)));
  }

  @FunctionalInterface
  private interface Step {
    /** Takes a part through a layer: the wanted neurons of each site [images, neurons]. */
    Map<Site, Tensor> run(Part part, int layer);
  }

  private List<Map<Site, Tensor>> run(TensorScope owner, int to, Step step) {
    List<List<Map<Site, Tensor>>> byPart = new ArrayList<>();
    for (Part part : parts) {
      List<Map<Site, Tensor>> layers = new ArrayList<>();
      for (int layer = next; layer <= to; layer++) {
        layers.add(step.run(part, layer));
      }
      byPart.add(layers);
    }
    List<Map<Site, Tensor>> joined = new ArrayList<>();
    for (int layer = next; layer <= to; layer++) {
      int index = layer - next;
      joined.add(joined(owner, byPart.stream().map(layers -> layers.get(index)).toList()));
    }
    next = to + 1;
    return joined;
  }

  private static Map<Site, Tensor> joined(TensorScope owner, List<Map<Site, Tensor>> byPart) {
    if (byPart.size() == 1) {
      return byPart.get(0);
    }
    Map<Site, Tensor> joined = new EnumMap<>(Site.class);
    for (Site site : byPart.get(0).keySet()) {
      joined.put(
          site, Tensors.join(owner, byPart.stream().map(values -> values.get(site)).toList()));
    }
    return joined;
  }

  /**
   * Lets all other images go.
   *
   * @param images indices among those that are left, ascending, at least one
   */
  public void only(int[] images) {
    List<Part> left = new ArrayList<>();
    int first = 0;
    for (Part part : parts) {
      int from = first;
      int count = part.images.size();
      int[] own =
          Arrays.stream(images)
              .filter(image -> image >= from && image < from + count)
              .map(image -> image - from)
              .toArray();
      if (own.length > 0) {
        part.only(own);
        left.add(part);
      }
      first += count;
    }
    parts = left;
  }

  /**
   * Takes the images through the layers that remain.
   *
   * @return features of all images, one after another
   */
  public ImageFeatures features(TensorScope owner) {
    List<ImageFeatures> features = new ArrayList<>();
    for (Part part : parts) {
      for (int layer = next; layer < vision.tower().layers(); layer++) {
        part.stream().layer(scope, Map.of());
      }
      features.add(part.stream().features(owner));
      part.stream().close();
    }
    next = vision.tower().layers();
    return ImageFeatures.join(owner, features);
  }

  /** Images that go through the tower together; their stream is made when it is needed. */
  private final class Part {
    private List<ImageInput> images;
    private TowerStream stream;

    Part(List<ImageInput> images) {
      this.images = images;
    }

    TowerStream stream() {
      if (stream == null) {
        stream = vision.start(scope, numbers, images);
      }
      return stream;
    }

    void only(int[] some) {
      if (some.length < images.size()) {
        images = Arrays.stream(some).mapToObj(images::get).toList();
        if (stream != null) {
          stream.only(some);
        }
      }
    }
  }
}
