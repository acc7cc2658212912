package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.model.decoder.PackedBatch;
import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.TowerPass;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/**
 * A pass of a batch through the model, the vision tower first, that can stop at a layer, let some
 * rows go and take the others deeper, in the end to their answers. Each image that occurs goes
 * through the tower once, whatever the number of its rows, and no further than its rows do.
 *
 * <p>Not thread-safe. A pass that failed can only be closed.
 */
public final class ModelPass implements AutoCloseable {
  private final PassModel model;
  private final Capture capture;
  private final TensorScope scope = new TensorScope();
  private final PassNumbers numbers;
  private final RowActivations activations;
  private final TowerPass tower;
  private List<RowInput> rows; // those that are left
  private int[] images; // each row's image, among those that are left [rows]
  private Optional<Prompts> prompts = Optional.empty(); // of the rows that are left
  private boolean saidNeeds; // for the rows that are left
  private Optional<DecoderPass> decoder = Optional.empty();

  private ModelPass(PassModel model, List<RowInput> rows, Capture capture) {
    this.model = model;
    this.capture = capture;
    this.rows = List.copyOf(rows);
    this.numbers = new PassNumbers(model.files(), scope);
    this.activations = new RowActivations(rows.size());
    List<ImageInput> distinct = new ArrayList<>();
    Map<ImageInput, Integer> indices = new IdentityHashMap<>();
    this.images = new int[rows.size()];
    for (int row = 0; row < images.length; row++) {
      images[row] =
          indices.computeIfAbsent(
              rows.get(row).image(),
              image -> {
                distinct.add(image);
                return distinct.size() - 1;
              });
    }
    this.tower = new TowerPass(model.vision(), scope, numbers, distinct);
  }

  /**
   * Begins a pass; no layer is run yet.
   *
   * @param rows at least one
   * @param capture all that any row may need
   */
  public static ModelPass start(PassModel model, List<RowInput> rows, Capture capture) {
    return new ModelPass(model, rows, capture);
  }

  /** Rows that are left. */
  public int rows() {
    return rows.size();
  }

  /**
   * Takes the rows that are left to a layer and captures there, and on the way, what is wanted. Of
   * the last layer that any row needs only that much is computed.
   *
   * @param exitLayer not above that of an earlier stop
   */
  public void descend(ModelLayer exitLayer) {
    if (capture.deepest().map(deepest -> exitLayer.compareTo(deepest) > 0).orElse(true)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Nothing is wanted of %s", exitLayer));
    }
    if (exitLayer.inTower()) {
      descendInTower(exitLayer);
    } else {
      decoder().descend(exitLayer.number());
    }
  }

  private void descendInTower(ModelLayer exitLayer) {
    int layer = exitLayer.number();
    if (decoder.isPresent() || layer < tower.next() - 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The pass is below %s", exitLayer));
    }
    if (layer >= tower.next()) {
      int first = tower.next();
      boolean last = !capture.goesBeyond(exitLayer);
      sayNeeds();
      keep(
          first,
          last
              ? tower.leave(scope, layer, of -> capture.neurons(ModelLayer.ofTower(of)))
              : tower.through(scope, layer, of -> capture.neurons(ModelLayer.ofTower(of))));
    }
  }

  /**
   * @param first the first of the layers
   * @param layers of each, by site [images, neurons]
   */
  private void keep(int first, List<Map<Site, Tensor>> layers) {
    for (int i = 0; i < layers.size(); i++) {
      for (Map.Entry<Site, Tensor> values : layers.get(i).entrySet()) {
        LayerSite column = new LayerSite(first + i, values.getKey());
        int count = capture.wanted().get(column).count(model.widths().of(column));
        activations.keep(column, values.getValue(), count, images);
      }
    }
  }

  /** The rows that are left within the decoder; they leave the tower if they were in it. */
  private DecoderPass decoder() {
    if (decoder.isEmpty()) {
      capture
          .deepest(Part.TOWER)
          .filter(layer -> layer.number() >= tower.next())
          .ifPresent(this::descendInTower);
      sayNeeds();
      Prompts left = prompts();
      for (Sequence sequence : left.sequences) {
        model.requireDecoder().requireLength(sequence, capture.maxNewTokens());
      }
      decoder =
          Optional.of(
              new DecoderPass(
                  model.requireDecoder(),
                  capture,
                  scope,
                  numbers,
                  left.batch,
                  tower.features(scope),
                  activations));
    }
    return decoder.orElseThrow();
  }

  /** The prompts of the rows that are left. */
  private record Prompts(List<Sequence> sequences, PackedBatch batch) {}

  private Prompts prompts() {
    if (prompts.isEmpty()) {
      List<Sequence> sequences = new ArrayList<>();
      for (int row = 0; row < images.length; row++) {
        RowInput input = rows.get(row);
        sequences.add(model.vision().sequence(images[row], input.promptIds(), input.image()));
      }
      int[] counts = tower.images().stream().mapToInt(ImageInput::features).toArray();
      prompts = Optional.of(new Prompts(sequences, PackedBatch.of(sequences, counts)));
    }
    return prompts.get();
  }

  /** Says what the rows that are left may need on the device, so that it travels together. */
  private void sayNeeds() {
    if (saidNeeds) {
      return;
    }
    saidNeeds = true;
    boolean reachesDecoder = capture.answer() || capture.deepest(Part.DECODER).isPresent();
    tower.need(
        reachesDecoder
            ? OptionalInt.empty()
            : OptionalInt.of(capture.deepest().orElseThrow().number()),
        layer -> capture.neurons(ModelLayer.ofTower(layer)));
    if (reachesDecoder) {
      model.requireDecoder().need(numbers, prompts().batch);
      for (LayerSite column : capture.columns()) {
        ModelLayer layer = column.modelLayer();
        if (!layer.inTower()) {
          model.requireDecoder().need(numbers, layer.number(), capture.neurons(layer));
        }
      }
    }
  }

  /**
   * What was captured so far of the rows that are left: float32 vectors. Rows on one image may
   * share those of the tower.
   */
  public List<SortedMap<LayerSite, float[]>> activations() {
    return activations.fetched();
  }

  /**
   * Lets all other rows go.
   *
   * @param left indices among the rows that are left, ascending, at least one
   */
  public void only(int[] left) {
    activations.only(left);
    rows = Arrays.stream(left).mapToObj(rows::get).toList();
    if (decoder.isPresent()) {
      decoder.get().only(left);
      return;
    }
    prompts = Optional.empty();
    saidNeeds = false;
    numbers.needOthers();
    int[] leftImages = Arrays.stream(left).map(row -> images[row]).toArray();
    int[] distinct = Arrays.stream(leftImages).distinct().sorted().toArray();
    images = Arrays.stream(leftImages).map(i -> Arrays.binarySearch(distinct, i)).toArray();
    if (distinct.length < tower.images().size()) {
      tower.only(distinct);
    }
  }

  /**
   * Takes the rows that are left through the layers that remain, and lets the model answer.
   *
   * @param endTokens ids that end an answer
   * @return the generated ids of each row, an end token included where one came
   */
  public List<long[]> answer(Set<Long> endTokens) {
    requireAnswer();
    return decoder().answer(endTokens);
  }

  /** Takes the rows that are left through all layers: logits of their next tokens, row-major. */
  public float[] logits() {
    requireAnswer();
    return decoder().logits();
  }

  private void requireAnswer() {
    if (!capture.answer()) {
      throw new IllegalStateException("This pass was not started for an answer");
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
