package io.superneurons.model.pass;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.decoder.Generation;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.decoder.LayerOutput;
import io.superneurons.model.decoder.PackedBatch;
import io.superneurons.model.decoder.Past;
import io.superneurons.model.decoder.PlacedBatch;
import io.superneurons.model.decoder.WholeLayer;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The rows of a pass within the decoder. What was computed for the rows that go on is used again,
 * except in the layer of a stop: there only the last positions were computed, so a pass that goes
 * on computes that layer whole.
 */
final class DecoderPass {
  private final Decoder decoder;
  private final Capture capture;
  private final TensorScope scope;
  private final PassNumbers numbers;
  private final RowActivations activations;
  private final ImageFeatures features;
  private final SortedMap<Integer, Past> cache = new TreeMap<>(); // by layer
  private PlacedBatch placed; // the rows that are left
  private int[] lines; // each row's own [rows]
  private Tensor x; // [tokens, hidden], the residual stream before layer `next`
  private int next;
  private int capturedTo = -1;
  private Tensor finalResidual; // [rows, hidden], after the last layer

  /**
   * Embeds a batch.
   *
   * @param numbers of the pass
   * @param features of the batch's images
   * @param activations of its rows, to which those of the decoder are added
   */
  DecoderPass(
      Decoder decoder,
      Capture capture,
      TensorScope scope,
      PassNumbers numbers,
      PackedBatch batch,
      ImageFeatures features,
      RowActivations activations) {
    this.decoder = decoder;
    this.capture = capture;
    this.scope = scope;
    this.numbers = numbers;
    this.features = features;
    this.activations = activations;
    place(batch);
    this.x = decoder.embed(scope, placed);
  }

  private void place(PackedBatch batch) {
    placed = decoder.place(scope, numbers, batch, features);
    lines = IntStream.range(0, batch.rows()).toArray();
  }

  /**
   * Takes the rows that are left to a layer and captures there, and on the way, what is wanted. Of
   * that layer only the last positions are computed, and of these what the wanted neurons need.
   *
   * @param exitLayer not above that of an earlier stop
   */
  void descend(int exitLayer) {
    if (exitLayer < Math.max(next, capturedTo)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Layer %d is above layer %d", exitLayer, Math.max(next, capturedTo)));
    }
    if (exitLayer == capturedTo) {
      return;
    }
    while (next < exitLayer) {
      wholeLayer();
    }
    Map<Site, SiteNeurons> wanted = capture.neurons(ModelLayer.ofDecoder(exitLayer));
    keep(
        exitLayer,
        wanted.isEmpty()
            ? Map.of()
            : decoder.exitLayer(scope, exitLayer, x, placed, cache, wanted));
  }

  private void wholeLayer() {
    LayerOutput output;
    if (capture.answer() && next == decoder.shape().layers() - 1) {
      output = decoder.lastLayer(scope, x, placed, cache);
    } else {
      boolean read = !capture.neurons(ModelLayer.ofDecoder(next)).isEmpty();
      WholeLayer whole = decoder.layer(scope, next, x, read ? placed : placed.unread(), cache);
      x = whole.x();
      output = whole.output();
    }
    capture(next, output.atLast());
    if (capture.answer()) {
      finalResidual = output.atLast().residual();
    }
    if (capture.answer() || decoder.shape().sharedKeys().feeds(next)) {
      cache.put(next, output.past());
    } else {
      output.past().close();
    }
    next++;
  }

  private void capture(int layer, LayerOutput.AtLast vectors) {
    if (layer > capturedTo) {
      Map<Site, Tensor> picked = new EnumMap<>(Site.class);
      capture
          .neurons(ModelLayer.ofDecoder(layer))
          .forEach(
              (site, neurons) ->
                  picked.put(
                      site, decoder.pick(scope, numbers, vectors.of(site.vector()), neurons)));
      keep(layer, picked);
    }
  }

  /**
   * @param bySite [rows, neurons] each
   */
  private void keep(int layer, Map<Site, Tensor> bySite) {
    bySite.forEach(
        (site, values) -> {
          LayerSite column = new LayerSite(layer, site);
          int count =
              capture.wanted().get(column).count(decoder.shape().width(layer, site.vector()));
          activations.keep(column, values, count, lines);
        });
    capturedTo = layer;
  }

  /**
   * Lets all other rows go.
   *
   * @param rows indices among the rows that are left, ascending, at least one
   */
  void only(int[] rows) {
    PackedBatch.Part part = placed.batch().only(rows);
    if (part.tokens().length < placed.batch().tokens()) {
      long[] left = Arrays.stream(rows).asLongStream().toArray();
      numbers.needIndices(part.tokens());
      numbers.needIndices(left);
      decoder.need(numbers, part.batch());
      Tensor tokens = numbers.indices(part.tokens());
      x = narrowed(x, tokens);
      Tensor stay = numbers.indices(left);
      cache.replaceAll((layer, past) -> past.only(scope, stay, tokens));
    }
    place(part.batch());
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
  List<long[]> answer(Set<Long> endTokens) {
    finish();
    return new Generation(decoder, placed.batch(), List.copyOf(cache.values()), endTokens)
        .run(scope, finalResidual, capture.maxNewTokens());
  }

  /** Takes the rows that are left through all layers: logits of their next tokens, row-major. */
  float[] logits() {
    finish();
    return decoder.logits(finalResidual);
  }

  private void finish() {
    while (next < decoder.shape().layers()) {
      wholeLayer();
    }
  }
}
