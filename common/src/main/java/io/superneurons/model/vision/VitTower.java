package io.superneurons.model.vision;

import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.ModelWeights;
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
public final class VitTower {
  private static final Script SCRIPT = Blocks.compile(VitTower.class, "attention.py", "vit.py");

  private final VitShape shape;
  private final VitOutput output;
  private final int[] hiddenStates;
  private final Weights embeddings;
  private final Weights norms;
  private final List<Weights> layers;

  private VitTower(
      VitShape shape, VitOutput output, Weights embeddings, Weights norms, List<Weights> layers) {
    this.shape = shape;
    this.output = output;
    this.hiddenStates = output.states(shape);
    this.embeddings = embeddings;
    this.norms = norms;
    this.layers = layers;
  }

  /**
   * Checks all that is needed, then opens it.
   *
   * @param tower weights of the tower: embeddings, encoder.layers, pre_layrnorm, post_layernorm
   */
  public static VitTower open(VitShape shape, ModelWeights tower, VitOutput output) {
    ModelWeights.Request embeddings = embeddingWeights(shape, tower.module("embeddings"));
    ModelWeights.Request norms = tower.request();
    if (shape.classToken()) {
      norms.norm("pre_layrnorm", shape.hidden());
    }
    if (output.norm()) {
      norms.norm("post_layernorm", shape.hidden());
    }
    List<ModelWeights.Request> layers = new ArrayList<>();
    for (int layer = 0; layer < output.layers(shape); layer++) {
      layers.add(layerWeights(shape, tower.module("encoder.layers." + layer)));
    }
    return new VitTower(
        shape,
        output,
        embeddings.open(),
        shape.classToken() || output.norm() ? norms.open() : null,
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
   * Encodes images of the size that the tower was made for.
   *
   * @param pixels [images, 3, image size, image size]
   * @return [images, tokens, hidden * hidden states]
   */
  public Tensor encode(TensorScope scope, Tensor pixels) {
    try (TensorScope work = new TensorScope()) {
      Tensor patches = SCRIPT.tensor(work, "patches", pixels, embeddings, shape.patchSize());
      return layers(scope, SCRIPT.tensor(work, "add_positions", patches, embeddings));
    }
  }

  /**
   * Encodes images of any one size: a patch has the position embedding of the place that lies at
   * the same fraction of the side (transformers' Idefics3VisionEmbeddings).
   *
   * @param pixels [images, 3, height, width]
   * @return [images, (height / patch size) * (width / patch size), hidden * hidden states]
   */
  public Tensor encodeAnySize(TensorScope scope, Tensor pixels, int height, int width) {
    try (TensorScope work = new TensorScope()) {
      Tensor patches = SCRIPT.tensor(work, "patches", pixels, embeddings, shape.patchSize());
      int rows = height / shape.patchSize();
      int columns = width / shape.patchSize();
      Tensor positions =
          SCRIPT.tensor(work, "fractional_positions", rows, columns, shape.patchesPerSide());
      return layers(scope, SCRIPT.tensor(work, "add_positions_at", patches, embeddings, positions));
    }
  }

  /** [images, tokens, hidden] to [images, tokens, hidden * hidden states]. */
  private Tensor layers(TensorScope scope, Tensor embedded) {
    try (TensorScope work = new TensorScope()) {
      Tensor x =
          shape.classToken()
              ? SCRIPT.tensor(work, "norm", embedded, norms, "pre_layrnorm", shape.eps())
              : embedded;
      Tensor[] chosen = new Tensor[hiddenStates.length];
      keep(chosen, 0, x);
      for (int layer = 0; layer < layers.size(); layer++) {
        Weights w = layers.get(layer);
        Tensor next =
            SCRIPT.tensor(
                work, "vision_layer", x, w, shape.heads(), shape.activation(), shape.eps());
        keep(chosen, layer + 1, next);
        if (!Arrays.asList(chosen).contains(x)) {
          x.close();
        }
        x = next;
      }
      return output.norm()
          ? SCRIPT.tensor(scope, "norm", x, norms, "post_layernorm", shape.eps())
          : SCRIPT.tensor(scope, "select_features", List.of(chosen), output.skip());
    }
  }

  private void keep(Tensor[] chosen, int state, Tensor x) {
    for (int i = 0; i < chosen.length; i++) {
      if (hiddenStates[i] == state) {
        chosen[i] = x;
      }
    }
  }

  /**
   * What it runs for an image.
   *
   * @param tiles of the image
   * @param tokens of a tile
   * @param mostTiles in one call
   */
  public VisionWork work(int tiles, int tokens, int mostTiles) {
    return new VisionWork(
        (long) tiles * tokens,
        (long) mostTiles * tokens,
        shape.hidden(),
        shape.intermediate(),
        hiddenStates.length);
  }
}
