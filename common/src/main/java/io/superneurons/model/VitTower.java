package io.superneurons.model;

import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A CLIP or SigLIP tower (transformers' modeling_clip.py, modeling_siglip.py), opened and run only
 * up to the last hidden state that the projector reads.
 */
final class VitTower implements AutoCloseable {
  private static final Script SCRIPT = Script.compile(VitTower.class, "blocks.py", "vit.py");

  private final VitShape shape;
  private final int[] hiddenStates;
  private final int skip;
  private final Weights embeddings;
  private final Weights preNorm;
  private final List<Weights> layers;

  private VitTower(
      VitShape shape,
      int[] hiddenStates,
      int skip,
      Weights embeddings,
      Weights preNorm,
      List<Weights> layers) {
    this.shape = shape;
    this.hiddenStates = hiddenStates;
    this.skip = skip;
    this.embeddings = embeddings;
    this.preNorm = preNorm;
    this.layers = layers;
  }

  /**
   * Checks all that is needed, then opens it.
   *
   * @param tower weights of the tower: embeddings, encoder.layers, pre_layrnorm
   * @param featureLayers which of transformers' {@code hidden_states} are the features
   * @param skip tokens left out at the front: the class token, or none
   */
  static VitTower open(VitShape shape, ModelWeights tower, int[] featureLayers, int skip) {
    int[] states = shape.hiddenStates(featureLayers);
    int count = Arrays.stream(states).max().orElseThrow();
    ModelWeights.Request embeddings = embeddingWeights(shape, tower.module("embeddings"));
    ModelWeights.Request preNorm = tower.request();
    if (shape.classToken()) {
      preNorm.norm("pre_layrnorm", shape.hidden());
    }
    List<ModelWeights.Request> layers = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      layers.add(layerWeights(shape, tower.module("encoder.layers." + layer)));
    }
    return new VitTower(
        shape,
        states,
        skip,
        embeddings.open(),
        shape.classToken() ? preNorm.open() : null,
        layers.stream().map(ModelWeights.Request::open).toList());
  }

  private static ModelWeights.Request embeddingWeights(VitShape shape, ModelWeights embeddings) {
    int patch = shape.patchSize();
    ModelWeights.Request request =
        embeddings
            .request()
            .need("patch_embedding.weight", shape.hidden(), 3, patch, patch)
            .use("patch_embedding.bias", shape.hidden())
            .need("position_embedding.weight", shape.tokens(), shape.hidden());
    return shape.classToken() ? request.need("class_embedding", shape.hidden()) : request;
  }

  private static ModelWeights.Request layerWeights(VitShape shape, ModelWeights layer) {
    int hidden = shape.hidden();
    return layer
        .request()
        .norm("layer_norm1", hidden)
        .linear("self_attn.q_proj", hidden, hidden)
        .linear("self_attn.k_proj", hidden, hidden)
        .linear("self_attn.v_proj", hidden, hidden)
        .linear("self_attn.out_proj", hidden, hidden)
        .norm("layer_norm2", hidden)
        .linear("mlp.fc1", hidden, shape.intermediate())
        .linear("mlp.fc2", shape.intermediate(), hidden);
  }

  /**
   * Encodes images.
   *
   * @param pixels [images, 3, height, width]
   * @return [images, tokens, hidden * feature layers]
   */
  Tensor encode(TensorScope scope, Tensor pixels) {
    try (TensorScope work = new TensorScope()) {
      Tensor x = SCRIPT.tensor(work, "patches", pixels, embeddings, shape.patchSize());
      if (preNorm != null) {
        x = SCRIPT.tensor(work, "pre_norm", x, preNorm, shape.eps());
      }
      Tensor[] chosen = new Tensor[hiddenStates.length];
      keep(chosen, 0, x);
      for (int layer = 0; layer < layers.size(); layer++) {
        Weights w = layers.get(layer);
        x =
            SCRIPT.tensor(
                work, "vision_layer", x, w, shape.heads(), shape.activation(), shape.eps());
        keep(chosen, layer + 1, x);
      }
      return SCRIPT.tensor(scope, "select_features", List.of(chosen), skip);
    }
  }

  private void keep(Tensor[] chosen, int state, Tensor x) {
    for (int i = 0; i < chosen.length; i++) {
      if (hiddenStates[i] == state) {
        chosen[i] = x;
      }
    }
  }

  @Override
  public void close() {
    layers.forEach(Weights::close);
    embeddings.close();
    if (preNorm != null) {
      preNorm.close();
    }
  }
}
