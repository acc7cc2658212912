package io.superneurons.model.vision;

import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A CLIP or SigLIP tower, or another one with their layers (transformers' modeling_clip.py,
 * modeling_siglip.py, modeling_internvl.py), opened and run only up to the last hidden state that
 * the projector reads.
 */
public final class VitTower {
  private static final Script SCRIPT = Blocks.compile(VitTower.class, "attention.py", "vit.py");

  private final VitShape shape;
  private final PixelBatch pixels;
  private final VitOutput output;
  private final int[] hiddenStates; // kept for what follows the tower
  private final Weights ends; // embeddings, and the norms before and after the layers
  private final List<Weights> layers;

  private VitTower(
      VitShape shape,
      MappedWeights files,
      VitOutput output,
      int[] hiddenStates,
      Weights ends,
      List<Weights> layers) {
    this.shape = shape;
    this.pixels = new PixelBatch(files);
    this.output = output;
    this.hiddenStates = hiddenStates;
    this.ends = ends;
    this.layers = layers;
  }

  /**
   * Checks all that is needed, then opens it.
   *
   * @param tower weights of the tower: embeddings, encoder.layers, pre_layrnorm, post_layernorm
   * @param options how many of the layers are opened and in what, and whether anything follows
   */
  public static VitTower open(
      VitShape shape, ModelWeights tower, VitOutput output, ModelOptions options) {
    Depth depth = options.depth();
    ModelWeights.Request embeddings = embeddingWeights(shape, tower.module("embeddings"));
    ModelWeights.Request norms = tower.request();
    if (shape.preNorm()) {
      norms.norm("pre_layrnorm", shape.hidden());
    }
    if (output.norm() && !depth.inTower()) {
      norms.norm("post_layernorm", shape.hidden());
    }
    List<ModelWeights.Request> layers = new ArrayList<>();
    for (int layer = 0; layer < depth.towerLayers(output.layers(shape)); layer++) {
      layers.add(layerWeights(shape, tower.module("encoder.layers." + layer)));
    }
    return open(shape, new Parts(embeddings.with(norms), layers), output, options);
  }

  /**
   * What a tower with tensors of other names is made of, checked and not yet opened.
   *
   * @param ends {@code patch_embedding}, {@code position_embedding.weight} and, with a class token,
   *     {@code class_embedding}
   * @param layers {@code layer_norm1}, {@code layer_norm2} (RMS norms without a bias), {@code
   *     self_attn.q_proj}, {@code k_proj} and {@code v_proj} or all in {@code self_attn.qkv},
   *     {@code self_attn.out_proj}, {@code mlp.fc1}, {@code mlp.fc2}; {@code self_attn.q_norm} and
   *     {@code k_norm} over all heads and {@code lambda_1}, {@code lambda_2} where there are any
   */
  public record Parts(ModelWeights.Request ends, List<ModelWeights.Request> layers) {}

  /** Opens a tower as deep as needed. */
  public static VitTower open(VitShape shape, Parts parts, VitOutput output, ModelOptions options) {
    Depth depth = options.depth();
    return new VitTower(
        shape,
        parts.ends.files(),
        output,
        depth.inTower() ? new int[0] : output.states(shape),
        parts.ends.open(),
        parts.layers.stream()
            .limit(depth.towerLayers(output.layers(shape)))
            .map(layer -> layer.open(options.computation().tower()))
            .toList());
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

  /** Embeds images that are one tile each, of the size that the tower was made for. */
  public TowerStream startWhole(
      TensorScope scope, PassNumbers numbers, List<ImageInput> images, Connector connector) {
    return start(scope, numbers, TiledImages.ofOneTile(images, shape.patchesPerSide()), connector);
  }

  /** What an image of one tile takes. */
  public VisionWork workOfWhole() {
    return work(1, shape.tokens(), Integer.MAX_VALUE);
  }

  /**
   * Embeds tiles of the size that the tower was made for.
   *
   * @param connector what follows the tower
   */
  public TowerStream start(
      TensorScope scope, PassNumbers numbers, TiledImages images, Connector connector) {
    return stream(
        scope,
        numbers,
        images,
        connector,
        work ->
            SCRIPT.tensor(work, "add_positions", patches(work, images, shape.imageSize()), ends));
  }

  /**
   * Embeds tiles of any one size: a patch has the position embedding of the place that lies at the
   * same fraction of the side (transformers' Idefics3VisionEmbeddings).
   *
   * @param side of a tile, in pixels
   * @param connector what follows the tower
   */
  public TowerStream startAnySize(
      TensorScope scope, PassNumbers numbers, TiledImages images, int side, Connector connector) {
    long[] positions =
        SCRIPT.longs(
            "fractional_positions", images.rows(), images.columns(), shape.patchesPerSide());
    numbers.needIndices(positions);
    return stream(
        scope,
        numbers,
        images,
        connector,
        work ->
            SCRIPT.tensor(
                work,
                "add_positions_at",
                patches(work, images, side),
                ends,
                numbers.indices(positions)));
  }

  /** Patches of all tiles, after a class token where there is one [tiles, tokens, hidden]. */
  private Tensor patches(TensorScope scope, TiledImages images, int side) {
    try (Tensor values = pixels.tiles(scope, images.images(), side)) {
      return SCRIPT.tensor(scope, "patches", values, ends, shape.patchSize());
    }
  }

  /**
   * @param embedding gives patches with their positions [tiles, tokens, hidden]
   */
  private TowerStream stream(
      TensorScope scope,
      PassNumbers numbers,
      TiledImages images,
      Connector connector,
      Function<TensorScope, Tensor> embedding) {
    return new TowerStream(
        numbers,
        scope,
        new Batch(numbers, images, connector),
        () -> {
          try (TensorScope work = new TensorScope()) {
            return SCRIPT.tensor(scope, "before_layers", embedding.apply(work), ends, shape.eps());
          }
        });
  }

  /** Images within the tower; their residual stream is [tiles, tokens, hidden]. */
  private final class Batch implements TowerBatch {
    private final PassNumbers numbers;
    private final TiledImages images;
    private final Connector connector;
    private final Tensor[] chosen = new Tensor[hiddenStates.length];

    Batch(PassNumbers numbers, TiledImages images, Connector connector) {
      this.numbers = numbers;
      this.images = images;
      this.connector = connector;
    }

    @Override
    public List<TokenPlace[]> places() {
      return IntStream.range(0, images.images().size())
          .mapToObj(image -> images.places(image, shape.classToken()))
          .toList();
    }

    @Override
    public TowerLayerOutput layer(TensorScope scope, int layer, Tensor x) {
      Tensor[] out =
          SCRIPT.tensors(
              scope,
              "vision_layer",
              x,
              layers.get(layer),
              shape.heads(),
              shape.activation(),
              shape.eps());
      return new TowerLayerOutput(out[0], out[1], out[2]);
    }

    @Override
    public Tensor attention(TensorScope scope, int layer, Tensor x, Tensor heads) {
      return SCRIPT.tensor(
          scope, "some_heads", x, layers.get(layer), heads, shape.heads(), shape.eps());
    }

    @Override
    public Tensor afterAttention(TensorScope scope, int layer, Tensor x, Tensor z) {
      return SCRIPT.tensor(scope, "after_attention", x, z, layers.get(layer));
    }

    @Override
    public Tensor neurons(TensorScope scope, int layer, Tensor x, Tensor neurons) {
      Weights w = layers.get(layer);
      return SCRIPT.tensor(scope, "some_neurons", x, w, neurons, shape.activation(), shape.eps());
    }

    @Override
    public Tensor residual(TensorScope scope, int layer, Tensor x, Tensor mlp, Tensor columns) {
      return SCRIPT.tensor(scope, "some_residual", x, mlp, layers.get(layer), columns);
    }

    @Override
    public void passed(int reached, Tensor before, Tensor x) {
      for (int i = 0; i < chosen.length; i++) {
        if (hiddenStates[i] == reached) {
          chosen[i] = x;
        }
      }
      if (before != null && !Arrays.asList(chosen).contains(before)) {
        before.close();
      }
    }

    @Override
    public Narrowed only(TensorScope scope, int[] some, Tensor x) {
      Batch left = new Batch(numbers, images.only(some), connector);
      Tensor tiles = numbers.indices(images.tilesOf(some));
      Map<Tensor, Tensor> narrowed = new IdentityHashMap<>();
      for (Tensor all : streams(x)) {
        narrowed.put(all, Tensors.rows(scope, all, tiles));
        all.close();
      }
      for (int i = 0; i < chosen.length; i++) {
        left.chosen[i] = narrowed.get(chosen[i]);
      }
      return new Narrowed(left, narrowed.get(x));
    }

    /** The residual stream, and those that are kept, each once. */
    private List<Tensor> streams(Tensor x) {
      List<Tensor> streams = new ArrayList<>(List.of(x));
      for (Tensor kept : chosen) {
        if (kept != null && !streams.contains(kept)) {
          streams.add(kept);
        }
      }
      return streams;
    }

    @Override
    public ImageFeatures features(TensorScope scope, Tensor x) {
      try (TensorScope work = new TensorScope()) {
        List<Tensor> states =
            output.norm()
                ? List.of(SCRIPT.tensor(work, "norm", x, ends, "post_layernorm", shape.eps()))
                : List.of(chosen);
        Tensor patches = SCRIPT.tensor(work, "select_features", states, output.skip());
        return connector.connect(scope, patches, images.images());
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
