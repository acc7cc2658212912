package io.superneurons.model;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The language model of every family here: pre-norm layers of grouped-query attention with rotary
 * positions and a gated MLP (transformers' modeling_llama.py, modeling_qwen2.py,
 * modeling_qwen2_5_vl.py, modeling_qwen3_vl.py). Its layers are opened up to the one that is
 * needed; the head only where the model answers.
 */
final class Decoder implements AutoCloseable {
  static final Script SCRIPT = Script.compile(Decoder.class, "blocks.py", "decoder.py");

  private final DecoderShape shape;
  private final MappedWeights files;
  private final Weights embedding;
  private final List<Weights> layers;
  private final Weights head;

  private Decoder(
      DecoderShape shape,
      MappedWeights files,
      Weights embedding,
      List<Weights> layers,
      Weights head) {
    this.shape = shape;
    this.files = files;
    this.embedding = embedding;
    this.layers = layers;
    this.head = head;
  }

  /**
   * Checks all that the depth needs, then opens it.
   *
   * @param root weights above the language model, where the head is
   * @param text weights of the language model: embed_tokens, layers, norm
   */
  static Decoder open(DecoderShape shape, ModelWeights root, ModelWeights text, Depth depth) {
    int count = depth.layers(shape.layers());
    ModelWeights.Request embedding =
        text.request().need("embed_tokens.weight", shape.vocabulary(), shape.hidden());
    List<ModelWeights.Request> layers = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      layers.add(layerWeights(shape, text.module("layers." + layer)));
    }
    ModelWeights.Request head = headWeights(shape, root, text);
    return new Decoder(
        shape,
        text.files(),
        embedding.open(),
        layers.stream().map(ModelWeights.Request::open).toList(),
        depth.answers() ? head.open() : null);
  }

  private static ModelWeights.Request layerWeights(DecoderShape shape, ModelWeights layer) {
    int queries = shape.heads() * shape.headDim();
    int keys = shape.kvHeads() * shape.headDim();
    return layer
        .request()
        .need("input_layernorm.weight", shape.hidden())
        .linear("self_attn.q_proj", shape.hidden(), queries)
        .linear("self_attn.k_proj", shape.hidden(), keys)
        .linear("self_attn.v_proj", shape.hidden(), keys)
        .use("self_attn.q_norm.weight", shape.headDim())
        .use("self_attn.k_norm.weight", shape.headDim())
        .linear("self_attn.o_proj", queries, shape.hidden())
        .need("post_attention_layernorm.weight", shape.hidden())
        .linear("mlp.gate_proj", shape.hidden(), shape.intermediate())
        .linear("mlp.up_proj", shape.hidden(), shape.intermediate())
        .linear("mlp.down_proj", shape.intermediate(), shape.hidden());
  }

  private static ModelWeights.Request headWeights(
      DecoderShape shape, ModelWeights root, ModelWeights text) {
    ModelWeights.Request norm = text.request().need("norm.weight", shape.hidden());
    long[] size = {shape.vocabulary(), shape.hidden()};
    if (shape.tiedHead()) {
      return norm.needAs("lm_head.weight", "embed_tokens.weight", size);
    }
    return norm.with(
        root.module("language_model.lm_head", "lm_head")
            .request()
            .needAs("lm_head.weight", "weight", size));
  }

  /**
   * Runs the prompt's tokens through the layers that the capture needs.
   *
   * @param features of all images, one after another
   */
  Prefill prefill(TensorScope scope, PackedBatch batch, ImageFeatures features, Capture capture) {
    ImageTokens images =
        new ImageTokens(features, indices(scope, batch.slots()), indices(scope, batch.sources()));
    Tensor x = embed(scope, batch, images);
    Tensor[] rotary = rotary(scope, batch.positions());
    Tensor last = indices(scope, batch.last());
    Prefill prefill = new Prefill();
    int end = capture.answer() ? shape.layers() - 1 : capture.exitLayer();
    for (int layer = 0; layer <= end; layer++) {
      Weights w = layers.get(layer);
      boolean exits = layer == end && !capture.answer();
      Tensor[] out =
          exits
              ? exitLayer(scope, x, w, rotary, batch, last)
              : SCRIPT.tensors(
                  scope,
                  "layer",
                  x,
                  w,
                  rotary[0],
                  rotary[1],
                  batch.segments(),
                  last,
                  shape.headDim(),
                  shape.activation(),
                  shape.eps());
      x.close();
      x = layer < end ? images.addAfter(scope, layer, out[0]) : out[0];
      prefill.keep(capture.sites(layer), layer, exits ? out : atLastTokens(out));
      if (capture.answer()) {
        prefill.cache.add(new KeysValues(out[4], out[5]));
        prefill.finalResidual = out[1];
      }
    }
    return prefill;
  }

  private Tensor[] exitLayer(
      TensorScope scope, Tensor x, Weights w, Tensor[] rotary, PackedBatch batch, Tensor last) {
    return SCRIPT.tensors(
        scope,
        "exit_layer",
        x,
        w,
        rotary[0],
        rotary[1],
        batch.segments(),
        batch.rowSegments(),
        last,
        shape.headDim(),
        shape.activation(),
        shape.eps());
  }

  /** resid_post, attn_z, mlp_post out of what {@code layer} returns. */
  private static Tensor[] atLastTokens(Tensor[] out) {
    return new Tensor[] {out[1], out[2], out[3]};
  }

  private Tensor embed(TensorScope scope, PackedBatch batch, ImageTokens images) {
    return SCRIPT.tensor(
        scope,
        "embed",
        embedding,
        indices(scope, batch.ids()),
        images.features.embeddings(),
        images.slots,
        images.sources);
  }

  /** Token embeddings of generated tokens: [rows] to [rows, hidden]. */
  Tensor embed(TensorScope scope, long[] ids) {
    return SCRIPT.tensor(scope, "embed_ids", embedding, indices(scope, ids));
  }

  /**
   * Cosines and sines [tokens, head dim].
   *
   * @param positions [axes, tokens]; one axis stands for all
   */
  Tensor[] rotary(TensorScope scope, long[][] positions) {
    long[] flat = Arrays.stream(positions).flatMapToLong(Arrays::stream).toArray();
    RotaryShape rotary = shape.rotary();
    return SCRIPT.tensors(
        scope,
        "rotary",
        files.moved(scope, scope.longs(flat, positions.length, positions[0].length)),
        rotary.theta(),
        shape.headDim(),
        rotary.factor(),
        rotary.axes());
  }

  private Tensor indices(TensorScope scope, long[] values) {
    return files.moved(scope, scope.longs(values, values.length));
  }

  DecoderShape shape() {
    return shape;
  }

  Weights layer(int layer) {
    return layers.get(layer);
  }

  Weights head() {
    if (head == null) {
      throw new IllegalStateException("This model was opened without its language head");
    }
    return head;
  }

  @Override
  public void close() {
    layers.forEach(Weights::close);
    embedding.close();
    if (head != null) {
      head.close();
    }
  }

  /**
   * Where images' features go.
   *
   * @param slots indices of image tokens [slots]
   * @param sources which row of the features goes there [slots]
   */
  private record ImageTokens(ImageFeatures features, Tensor slots, Tensor sources) {
    /** Adds to [tokens, hidden] what comes after a layer; takes the tensor over. */
    Tensor addAfter(TensorScope scope, int layer, Tensor x) {
      if (layer >= features.perLayer().size()) {
        return x;
      }
      try (x) {
        Tensor added = features.perLayer().get(layer);
        return SCRIPT.tensor(scope, "add_features", x, added, slots, sources);
      }
    }
  }

  /** Keys and values of a prompt's tokens in one layer [tokens, kv heads, head dim]. */
  record KeysValues(Tensor keys, Tensor values) {}

  /** What a pass over the prompt leaves: captured activations, and the cache if it is to answer. */
  static final class Prefill {
    final List<LayerSite> columns = new ArrayList<>();
    final List<Tensor> captured = new ArrayList<>();
    final List<KeysValues> cache = new ArrayList<>();
    Tensor finalResidual;

    private void keep(Set<Site> sites, int layer, Tensor[] bySite) {
      for (Site site : sites) {
        columns.add(new LayerSite(layer, site));
        captured.add(bySite[site.ordinal()]);
      }
    }
  }
}
