package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.decoder.Generation;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.decoder.KeysValues;
import io.superneurons.model.decoder.LayerOutput;
import io.superneurons.model.decoder.PackedBatch;
import io.superneurons.model.decoder.PlacedBatch;
import io.superneurons.model.decoder.WholeLayer;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A pass of a batch through the decoder that can stop at a layer, let some rows go and take the
 * others deeper, in the end to their answers. What was computed for the rows that go on is used
 * again, except in the layer of the stop: there only the last positions were computed, so a pass
 * that goes on computes that layer whole.
 *
 * <p>Not thread-safe. A pass that failed can only be closed.
 */
public final class ModelPass implements AutoCloseable {
  private final Decoder decoder;
  private final Capture capture;
  private final TensorScope scope;
  private final List<KeysValues> cache = new ArrayList<>();
  private final List<LayerSite> pendingColumns = new ArrayList<>();
  private final List<Tensor> pending = new ArrayList<>(); // [rows, neurons of the column] each
  private ImageFeatures features;
  private PlacedBatch placed; // the rows that are left
  private Tensor x; // [tokens, hidden], the residual stream before layer `next`
  private int next;
  private int capturedTo = -1;
  private Tensor finalResidual; // [rows, hidden], after the last layer
  private List<SortedMap<LayerSite, float[]>> activations = new ArrayList<>();

  private ModelPass(Decoder decoder, Capture capture, TensorScope scope) {
    this.decoder = decoder;
    this.capture = capture;
    this.scope = scope;
  }

  /**
   * Embeds a batch.
   *
   * @param encode runs the vision tower on the batch's images
   */
  public static ModelPass start(
      Decoder decoder,
      PackedBatch batch,
      Capture capture,
      Function<TensorScope, ImageFeatures> encode) {
    TensorScope scope = new TensorScope();
    ModelPass pass = new ModelPass(decoder, capture, scope);
    try {
      pass.embed(batch, encode.apply(scope));
      return pass;
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private void embed(PackedBatch batch, ImageFeatures encoded) {
    features = encoded;
    placed = decoder.place(scope, batch, features);
    x = decoder.embed(scope, placed);
    for (int row = 0; row < batch.rows(); row++) {
      activations.add(new TreeMap<>());
    }
  }

  /** Rows that are left. */
  public int rows() {
    return placed.batch().rows();
  }

  /**
   * Takes the rows that are left to a layer and captures there, and on the way, what is wanted. Of
   * that layer only the last positions are computed, and of these what the wanted neurons need.
   *
   * @param exitLayer not above that of an earlier stop
   */
  public void descend(int exitLayer) {
    if (exitLayer < Math.max(next, capturedTo) || exitLayer > capture.exitLayer()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Layer %d is not between %d and %d",
              exitLayer,
              Math.max(next, capturedTo),
              capture.exitLayer()));
    }
    if (exitLayer == capturedTo) {
      return;
    }
    while (next < exitLayer) {
      wholeLayer();
    }
    Map<Site, SiteNeurons> wanted = capture.neurons(exitLayer);
    keep(
        exitLayer,
        wanted.isEmpty() ? Map.of() : decoder.exitLayer(scope, exitLayer, x, placed, wanted));
  }

  private void wholeLayer() {
    LayerOutput output;
    if (capture.answer() && next == decoder.shape().layers() - 1) {
      output = decoder.lastLayer(scope, x, placed);
    } else {
      WholeLayer whole = decoder.layer(scope, next, x, placed);
      x = whole.x();
      output = whole.output();
    }
    capture(next, output.atLast());
    if (capture.answer()) {
      cache.add(output.keysValues());
      finalResidual = output.atLast().residual();
    } else {
      output.keysValues().close();
    }
    next++;
  }

  private void capture(int layer, LayerOutput.AtLast vectors) {
    if (layer > capturedTo) {
      Map<Site, Tensor> picked = new EnumMap<>(Site.class);
      capture
          .neurons(layer)
          .forEach(
              (site, neurons) -> picked.put(site, decoder.pick(scope, vectors.of(site), neurons)));
      keep(layer, picked);
    }
  }

  /**
   * @param bySite [rows, neurons] each
   */
  private void keep(int layer, Map<Site, Tensor> bySite) {
    bySite.forEach(
        (site, values) -> {
          pendingColumns.add(new LayerSite(layer, site));
          pending.add(values);
        });
    capturedTo = layer;
  }

  /** What was captured so far of the rows that are left: float32 vectors at the last position. */
  public List<SortedMap<LayerSite, float[]>> activations() {
    if (!pending.isEmpty()) {
      float[] values = MappedWeights.toFloats(pending); // [rows, neurons of all columns]
      int offset = 0;
      for (SortedMap<LayerSite, float[]> row : activations) {
        for (LayerSite column : pendingColumns) {
          int count = capture.wanted().get(column).count(decoder.shape().width(column.site()));
          row.put(column, Arrays.copyOfRange(values, offset, offset + count));
          offset += count;
        }
      }
      pending.clear();
      pendingColumns.clear();
    }
    return Collections.unmodifiableList(activations);
  }

  /**
   * Lets all other rows go.
   *
   * @param rows indices among the rows that are left, ascending, at least one
   */
  public void only(int[] rows) {
    List<SortedMap<LayerSite, float[]>> captured = activations();
    activations = new ArrayList<>(Arrays.stream(rows).mapToObj(captured::get).toList());
    PackedBatch.Part part = placed.batch().only(rows);
    if (part.tokens().length < placed.batch().tokens()) {
      Tensor tokens = decoder.indices(scope, part.tokens());
      x = narrowed(x, tokens);
      cache.replaceAll(
          layer ->
              new KeysValues(narrowed(layer.keys(), tokens), narrowed(layer.values(), tokens)));
    }
    placed = decoder.place(scope, part.batch(), features);
  }

  private Tensor narrowed(Tensor all, Tensor tokens) {
    try (all) {
      return Tensors.rows(scope, all, tokens);
    }
  }

  /**
   * Takes the rows that are left through the layers that remain, and lets the model answer.
   *
   * @param endTokens ids that end an answer
   * @return the generated ids of each row, an end token included where one came
   */
  public List<long[]> answer(Set<Long> endTokens) {
    finish();
    return new Generation(decoder, placed.batch(), cache, endTokens)
        .run(scope, finalResidual, capture.maxNewTokens());
  }

  /** Takes the rows that are left through all layers: logits of their next tokens, row-major. */
  public float[] logits() {
    finish();
    return decoder.logits(finalResidual);
  }

  private void finish() {
    if (!capture.answer()) {
      throw new IllegalStateException("This pass was not started for an answer");
    }
    while (next < decoder.shape().layers()) {
      wholeLayer();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
