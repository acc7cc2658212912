package io.superneurons.model.decoder;

import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder's weights, as deep as they were opened.
 *
 * @param layers layer 0 to the deepest
 * @param openedHead the language head with the norm before it; null if the model is not to answer
 */
record DecoderWeights(Weights embedding, List<Weights> layers, Weights openedHead) {
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
      layers.add(layer(shape, text.module("layers." + layer)));
    }
    ModelWeights.Request head = head(shape, root, text);
    return new DecoderWeights(
        embedding.open(),
        layers.stream().map(ModelWeights.Request::open).toList(),
        depth.answers() ? head.open() : null);
  }

  private static ModelWeights.Request layer(DecoderShape shape, ModelWeights layer) {
    int hidden = shape.hidden();
    int queries = shape.heads() * shape.headDim();
    int keys = shape.kvHeads() * shape.headDim();
    ModelWeights.Request request =
        layer
            .request()
            .need("input_layernorm.weight", hidden)
            .need("post_attention_layernorm.weight", hidden);
    if (shape.parts().norms() == DecoderDefaults.HeadNorms.EACH_HEAD) {
      request
          .need("self_attn.q_norm.weight", shape.headDim())
          .need("self_attn.k_norm.weight", shape.headDim());
    }
    Biases biases = shape.parts().biases();
    linear(request, biases.input(), "self_attn.q_proj", hidden, queries);
    linear(request, biases.input(), "self_attn.k_proj", hidden, keys);
    linear(request, biases.input(), "self_attn.v_proj", hidden, keys);
    linear(request, biases.output(), "self_attn.o_proj", queries, hidden);
    linear(request, biases.mlp(), "mlp.gate_proj", hidden, shape.intermediate());
    linear(request, biases.mlp(), "mlp.up_proj", hidden, shape.intermediate());
    linear(request, biases.mlp(), "mlp.down_proj", shape.intermediate(), hidden);
    return request;
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
