package io.superneurons.model.decoder;

import io.superneurons.model.decoder.shape.Biases;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.DeltaNets;
import io.superneurons.model.decoder.shape.LayerParts;
import io.superneurons.model.decoder.shape.LayerSizes;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder's weights, as deep as they were opened.
 *
 * @param inputs what layers get of tokens is computed with; null where they get nothing
 * @param layers layer 0 to the deepest
 * @param openedHead the language head with the norm before it; null if the model is not to answer
 */
record DecoderWeights(Weights embedding, Weights inputs, List<Weights> layers, Weights openedHead) {
  /** Tells the script that all norms of a set of weights are stored so. */
  private static final String NORMS_LESS_ONE = "norms_less_one";

  /** Names of the language head, which comes before the embedding where the weights have both. */
  private static final List<String> HEADS = List.of("language_model.lm_head", "lm_head");

  /**
   * Checks all that the depth needs, and the head whatever the depth, then opens what it needs.
   *
   * @param root weights above the language model, where the head is
   * @param text weights of the language model: embed_tokens, layers, norm
   */
  static DecoderWeights open(
      DecoderShape shape, ModelWeights root, ModelWeights text, Depth depth) {
    int count = depth.layers(shape.layers());
    ModelWeights.Request embedding =
        text.request()
            .matrixAs(
                "embed_tokens.weight", "embed_tokens.weight", shape.vocabulary(), shape.hidden());
    List<ModelWeights.Request> layers = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      layers.add(layer(shape, text.module("layers." + layer), layer));
    }
    ModelWeights.Request inputs = shape.inputs().perLayer() ? inputs(shape, text) : null;
    ModelWeights.Request head = head(shape, root, text);
    return new DecoderWeights(
        embedding.open(),
        inputs == null ? null : inputs.open(),
        layers.stream().map(ModelWeights.Request::open).toList(),
        depth.answers() ? head.open() : null);
  }

  /** What all layers get stands side by side. */
  private static ModelWeights.Request inputs(DecoderShape shape, ModelWeights text) {
    long all = (long) shape.layers() * shape.inputs().width();
    String table = "embed_tokens_per_layer.weight";
    String projection = "per_layer_model_projection.weight";
    return text.request()
        .matrixAs(table, table, shape.inputs().vocabulary(), all)
        .matrixAs(projection, projection, all, shape.hidden())
        .need("per_layer_projection_norm.weight", shape.inputs().width());
  }

  private static ModelWeights.Request layer(DecoderShape shape, ModelWeights weights, int layer) {
    ModelWeights.Request request = weights.request().need("input_layernorm.weight", shape.hidden());
    mlpNorms(request, shape);
    if (shape.parts().normWeights() == LayerParts.NormWeights.LESS_ONE) {
      request.mark(NORMS_LESS_ONE);
    }
    if (shape.deltaNets().has(layer)) {
      deltaNet(request, shape);
    } else {
      attention(request, shape, layer);
    }
    if (shape.inputs().perLayer()) {
      ownInput(request, shape);
    }
    if (shape.experts().has(layer)) {
      ExpertWeights.need(request, weights, shape.experts(), shape.hidden());
    } else {
      mlp(request, shape, shape.layer(layer).intermediate());
    }
    return request;
  }

  private static void ownInput(ModelWeights.Request request, DecoderShape shape) {
    linear(request, false, "per_layer_input_gate", shape.hidden(), shape.inputs().width());
    linear(request, false, "per_layer_projection", shape.inputs().width(), shape.hidden());
    request.need("post_per_layer_input_norm.weight", shape.hidden());
  }

  private static void mlp(ModelWeights.Request request, DecoderShape shape, int intermediate) {
    boolean biased = shape.parts().biases().mlp();
    linear(request, biased, "mlp.gate_proj", shape.hidden(), intermediate);
    linear(request, biased, "mlp.up_proj", shape.hidden(), intermediate);
    linear(request, biased, "mlp.down_proj", intermediate, shape.hidden());
  }

  /** The script knows the norm before the MLP by the name that it has in most checkpoints. */
  private static void mlpNorms(ModelWeights.Request request, DecoderShape shape) {
    int hidden = shape.hidden();
    if (shape.parts().outputNorms() == LayerParts.OutputNorms.NONE) {
      request.need("post_attention_layernorm.weight", hidden);
      return;
    }
    request
        .needAs("post_attention_layernorm.weight", "pre_feedforward_layernorm.weight", hidden)
        .needAs("attention_output_norm.weight", "post_attention_layernorm.weight", hidden)
        .needAs("mlp_output_norm.weight", "post_feedforward_layernorm.weight", hidden);
    if (shape.parts().outputNorms() == LayerParts.OutputNorms.BOTH_AND_LAYER_SCALAR) {
      request.use("layer_scalar", 1);
    }
  }

  private static void attention(ModelWeights.Request request, DecoderShape shape, int layer) {
    LayerParts parts = shape.parts();
    LayerSizes.Layer sizes = shape.layer(layer);
    boolean ownKeys = !shape.sharedKeys().uses(layer);
    if (parts.headNorms() != LayerParts.HeadNorms.NONE) {
      request.need("self_attn.q_norm.weight", sizes.headDim());
      if (ownKeys) {
        request.need("self_attn.k_norm.weight", sizes.headDim());
      }
    }
    if (parts.headNorms() == LayerParts.HeadNorms.EACH_HEAD_AND_VALUE) {
      request.mark("value_norm");
    }
    int hidden = shape.hidden();
    int queries = shape.heads() * sizes.headDim();
    double scale = shape.scales().query(sizes.headDim());
    if (scale != 1) {
      request.number("query_scale", scale);
    }
    boolean gated = parts.gate() == LayerParts.Gate.IN_QUERY_PROJECTION;
    if (gated) {
      request.mark("gate_in_q_proj");
    }
    Biases biases = parts.biases();
    linear(request, biases.input(), "self_attn.q_proj", hidden, gated ? 2L * queries : queries);
    if (ownKeys) {
      int keys = sizes.kvHeads() * sizes.headDim();
      linear(request, biases.input(), "self_attn.k_proj", hidden, keys);
      linear(request, biases.input(), "self_attn.v_proj", hidden, keys);
    }
    linear(request, biases.output(), "self_attn.o_proj", queries, hidden);
  }

  /** The script knows the projection after the mixing by attention's name for it. */
  private static void deltaNet(ModelWeights.Request request, DecoderShape shape) {
    DeltaNets nets = shape.deltaNets();
    int hidden = shape.hidden();
    linear(request, false, "linear_attn.in_proj_qkv", hidden, nets.channels());
    linear(request, false, "linear_attn.in_proj_z", hidden, nets.values());
    linear(request, false, "linear_attn.in_proj_a", hidden, nets.valueHeads());
    linear(request, false, "linear_attn.in_proj_b", hidden, nets.valueHeads());
    request
        .need("linear_attn.conv1d.weight", nets.channels(), 1, nets.kernel())
        .need("linear_attn.dt_bias", nets.valueHeads())
        .need("linear_attn.A_log", nets.valueHeads())
        .need("linear_attn.norm.weight", nets.valueDim())
        .matrixAs("self_attn.o_proj.weight", "linear_attn.out_proj.weight", hidden, nets.values());
  }

  private static void linear(
      ModelWeights.Request request, boolean biased, String name, long in, long out) {
    if (biased) {
      request.need(name + ".bias", out);
    }
    request.matrixAs(name + ".weight", name + ".weight", out, in);
  }

  private static ModelWeights.Request head(
      DecoderShape shape, ModelWeights root, ModelWeights text) {
    ModelWeights.Request norm = text.request().need("norm.weight", shape.hidden());
    if (shape.parts().normWeights() == LayerParts.NormWeights.LESS_ONE) {
      norm.mark(NORMS_LESS_ONE);
    }
    if (shape.scales().logitBound() > 0) {
      norm.number("logit_bound", shape.scales().logitBound());
    }
    if (shape.tiedHead() && !HEADS.stream().anyMatch(name -> root.has(name + ".weight"))) {
      return norm.matrixAs(
          "lm_head.weight", "embed_tokens.weight", shape.vocabulary(), shape.hidden());
    }
    return norm.with(
        root.module(HEADS.toArray(String[]::new))
            .request()
            .matrixAs("lm_head.weight", "weight", shape.vocabulary(), shape.hidden()));
  }

  Weights layer(int layer) {
    return layers.get(layer);
  }

  /**
   * The language head and the norm before it.
   *
   * @throws IllegalStateException if the model was opened without it
   */
  Weights head() {
    if (openedHead == null) {
      throw new IllegalStateException("This model was opened without its language head");
    }
    return openedHead;
  }
}
