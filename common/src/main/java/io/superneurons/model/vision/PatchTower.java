package io.superneurons.model.vision;

import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A vision tower for images of any size, packed without padding, with rotary positions by row and
 * column and a merger that makes one feature of each block of patches (the vision models of
 * transformers' modeling_qwen2_5_vl.py and modeling_qwen3_vl.py).
 *
 * <p>A family lists its tensors under these names: {@code proj} of the patches; {@code norm1},
 * {@code attn.qkv}, {@code attn.proj}, {@code norm2} and {@code mlp.*} of a layer; {@code norm},
 * {@code linear_fc1} and {@code linear_fc2} of a merger. Norms without a bias are RMS norms; an MLP
 * with {@code gate_proj} has a gate. Gemma 4 has {@code attn.q_proj} and its like in place of
 * {@code attn.qkv}, with bounds of what goes into and out of a matrix; norms of queries, keys and
 * of what is added; and {@code average} as the merger.
 */
public final class PatchTower {
  private static final Script SCRIPT =
      Blocks.compile(PatchTower.class, "attention.py", "patch_tower.py");

  private final PatchTowerShape shape;
  private final PixelBatch pixels;
  private final Weights embedding;
  private final List<Weights> layers;
  private final Weights merger; // null where the model is opened no deeper than the tower
  private final Map<Integer, Weights> layerMergers;

  private PatchTower(
      PatchTowerShape shape,
      MappedWeights files,
      Weights embedding,
      List<Weights> layers,
      Weights merger,
      Map<Integer, Weights> layerMergers) {
    this.shape = shape;
    this.pixels = new PixelBatch(files);
    this.embedding = embedding;
    this.layers = layers;
    this.merger = merger;
    this.layerMergers = layerMergers;
  }

  /**
   * What a tower is made of, checked and not yet opened.
   *
   * @param embedding of patches: {@code proj}, and {@code pos_embed} where positions are learned
   * @param layers of the tower
   * @param merger after the last layer
   * @param layerMergers after other layers, as far as they are needed: what the decoder adds after
   *     its layers 0, 1, ...
   */
  public record Parts(
      ModelWeights.Request embedding,
      List<ModelWeights.Request> layers,
      ModelWeights.Request merger,
      Map<Integer, ModelWeights.Request> layerMergers) {}

  /** Opens it as deep as needed; what follows its layers only where something does. */
  public static PatchTower open(
      PatchTowerShape shape, MappedWeights files, Parts parts, ModelOptions options) {
    Depth depth = options.depth();
    Map<Integer, Weights> layerMergers = new HashMap<>();
    parts.layerMergers.forEach((layer, request) -> layerMergers.put(layer, request.open()));
    return new PatchTower(
        shape,
        files,
        parts.embedding.open(),
        parts.layers.stream()
            .limit(depth.towerLayers(shape.layers()))
            .map(layer -> layer.open(options.computation().tower()))
            .toList(),
        depth.inTower() ? null : parts.merger.open(),
        layerMergers);
  }

  /**
   * The projection of patches: {@code patch_embed.proj.weight}, which is a convolution over frames.
   *
   * @param visual weights of the tower
   */
  public static ModelWeights.Request embeddingWeights(PatchTowerShape shape, ModelWeights visual) {
    int side = shape.patches().side();
    return visual
        .module("patch_embed")
        .request()
        .need("proj.weight", shape.hidden(), 3, shape.patches().frames(), side, side);
  }

  /**
   * What all layers need.
   *
   * @param visual weights of the tower, its layers under {@code blocks}
   * @param layer what one of them needs
   */
  public static List<ModelWeights.Request> layerWeights(
      PatchTowerShape shape,
      ModelWeights visual,
      Function<ModelWeights, ModelWeights.Request> layer) {
    return IntStream.range(0, shape.layers())
        .mapToObj(i -> layer.apply(visual.module("blocks." + i)))
        .toList();
  }

  public PatchTowerShape shape() {
    return shape;
  }

  /**
   * Embeds images.
   *
   * @param images with pixel values [block rows, block columns, patches of a block, samples]
   */
  public TowerStream start(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
    Batch batch = new Batch(scope, numbers, images);
    PatchLayout layout = batch.layout;
    if (!layout.inImageOrder()) {
      numbers.need(layout.order(), layout.blocks());
    }
    int patches = layout.patches().size();
    Optional<LearnedPositions.Taps> taps =
        shape
            .positions()
            .map(positions -> positions.taps(layout.patches(), shape.patches().merge()));
    taps.ifPresent(
        of -> {
          numbers.need(of.rows(), of.count(), patches);
          numbers.needFloats(of.shares(), of.count(), patches);
        });
    return new TowerStream(numbers, scope, batch, () -> embed(batch, taps));
  }

  /** Images within the tower; their residual stream is [patches, hidden]. */
  private final class Batch implements TowerBatch {
    private final List<ImageInput> images;
    private final PatchLayout layout;
    private final List<Tensor> perLayer = new ArrayList<>(); // [blocks, out] each
    private final TensorScope scope;
    private final PassNumbers numbers;
    private Tensor[] rotary; // cosines and sines [patches, head dim]

    Batch(TensorScope scope, PassNumbers numbers, List<ImageInput> images) {
      this.images = images;
      this.layout =
          new PatchLayout(
              shape.patches(),
              shape.windows().side(),
              images.stream().map(PatchTower.this::grid).toList());
      this.scope = scope;
      this.numbers = numbers;
      numbers.need(layout.positions(), 2, layout.patches().size());
      numbers.needIndices(layout.restored());
    }

    private Tensor[] rotary() {
      if (rotary == null) {
        rotary =
            SCRIPT.tensors(
                scope,
                "axial_rotary",
                numbers.longs(layout.positions(), 2, layout.patches().size()),
                shape.rotary().theta(),
                shape.headDim(),
                shape.rotary().columns().ordinal());
      }
      return rotary;
    }

    @Override
    public List<TokenPlace[]> places() {
      return layout.places();
    }

    @Override
    public TowerLayerOutput layer(TensorScope owner, int layer, Tensor x) {
      Tensor[] out =
          SCRIPT.tensors(
              owner,
              "patch_block",
              x,
              layers.get(layer),
              rotary()[0],
              rotary()[1],
              groups(layer),
              shape.heads(),
              shape.activation());
      return new TowerLayerOutput(out[0], out[1], out[2]);
    }

    /** Count and length of runs of patches that attend to themselves. */
    private int[] groups(int layer) {
      return shape.windows().wholeIn(layer) ? layout.imageGroups() : layout.windowGroups();
    }

    @Override
    public Tensor attention(TensorScope owner, int layer, Tensor x, Tensor heads) {
      return SCRIPT.tensor(
          owner,
          "some_heads",
          x,
          layers.get(layer),
          rotary()[0],
          rotary()[1],
          groups(layer),
          heads,
          shape.heads());
    }

    @Override
    public Tensor afterAttention(TensorScope owner, int layer, Tensor x, Tensor z) {
      return SCRIPT.tensor(owner, "after_attention", x, z, layers.get(layer));
    }

    @Override
    public Tensor neurons(TensorScope owner, int layer, Tensor x, Tensor neurons) {
      Weights w = layers.get(layer);
      return SCRIPT.tensor(owner, "some_neurons", x, w, neurons, shape.activation());
    }

    @Override
    public Tensor residual(TensorScope owner, int layer, Tensor x, Tensor mlp, Tensor columns) {
      return SCRIPT.tensor(owner, "some_residual", x, mlp, layers.get(layer), columns);
    }

    @Override
    public void passed(int reached, Tensor before, Tensor x) {
      if (before != null) {
        before.close();
        if (layerMergers.containsKey(reached - 1)) {
          perLayer.add(merge(scope, x, layerMergers.get(reached - 1)));
        }
      }
    }

    @Override
    public Narrowed only(TensorScope owner, int[] some, Tensor x) {
      List<ImageInput> left = Arrays.stream(some).mapToObj(images::get).toList();
      Batch narrowed = new Batch(owner, numbers, left);
      long[] patchIndices = layout.patchesOf(some);
      long[] blockIndices = layout.blocksOf(some);
      numbers.needIndices(patchIndices);
      numbers.needIndices(blockIndices);
      for (Tensor all : perLayer) {
        narrowed.perLayer.add(narrowed(owner, all, numbers.indices(blockIndices)));
      }
      return new Narrowed(narrowed, narrowed(owner, x, numbers.indices(patchIndices)));
    }

    @Override
    public ImageFeatures features(TensorScope owner, Tensor x) {
      return new ImageFeatures(merge(owner, x, merger), perLayer);
    }

    private Tensor merge(TensorScope owner, Tensor x, Weights w) {
      Tensor order = numbers.indices(layout.restored());
      return SCRIPT.tensor(owner, "merge_patches", x, w, shape.patches().patches(), order);
    }
  }

  private static Tensor narrowed(TensorScope owner, Tensor all, Tensor indices) {
    try (all) {
      return Tensors.rows(owner, all, indices);
    }
  }

  private PatchLayout.Grid grid(ImageInput image) {
    int[] size = image.pixels().shape();
    if (size.length != 4
        || size[2] != shape.patches().patches()
        || size[3] != shape.patches().samples()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "An image of shape %s was not prepared for this model",
              Arrays.toString(size)));
    }
    return PatchLayout.Grid.of(image.pixels());
  }

  /** [patches, hidden] in the layout's order. */
  private Tensor embed(Batch batch, Optional<LearnedPositions.Taps> taps) {
    TensorScope scope = batch.scope;
    PassNumbers numbers = batch.numbers;
    int count = batch.layout.patches().size();
    try (Tensor values =
        pixels.patches(scope, numbers, batch.images, batch.layout, shape.patches())) {
      Tensor x = SCRIPT.tensor(scope, "embed_patches", values, embedding);
      if (taps.isEmpty()) {
        return x;
      }
      LearnedPositions.Taps of = taps.get();
      Tensor rows = numbers.longs(of.rows(), of.count(), count);
      Tensor shares = numbers.floats(of.shares(), of.count(), count);
      try (x) {
        return SCRIPT.tensor(scope, "add_positions", x, embedding, rows, shares);
      }
    }
  }
}
