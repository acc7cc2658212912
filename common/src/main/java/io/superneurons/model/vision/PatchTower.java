package io.superneurons.model.vision;

import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
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
 * with {@code gate_proj} has a gate.
 */
public final class PatchTower {
  private static final Script SCRIPT =
      Blocks.compile(PatchTower.class, "attention.py", "patch_tower.py");

  private final PatchTowerShape shape;
  private final MappedWeights files;
  private final Weights embedding;
  private final List<Weights> layers;
  private final Weights merger;
  private final Map<Integer, Weights> layerMergers;

  private PatchTower(
      PatchTowerShape shape,
      MappedWeights files,
      Weights embedding,
      List<Weights> layers,
      Weights merger,
      Map<Integer, Weights> layerMergers) {
    this.shape = shape;
    this.files = files;
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
   * @param layerMergers after other layers: what the decoder adds after its layers 0, 1, ...
   */
  public record Parts(
      ModelWeights.Request embedding,
      List<ModelWeights.Request> layers,
      ModelWeights.Request merger,
      Map<Integer, ModelWeights.Request> layerMergers) {}

  /** Opens it. */
  public static PatchTower open(PatchTowerShape shape, MappedWeights files, Parts parts) {
    Map<Integer, Weights> layerMergers = new HashMap<>();
    parts.layerMergers.forEach((layer, request) -> layerMergers.put(layer, request.open()));
    return new PatchTower(
        shape,
        files,
        parts.embedding.open(),
        parts.layers.stream().map(ModelWeights.Request::open).toList(),
        parts.merger.open(),
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
   * Encodes images.
   *
   * @param images with pixel values [block rows, block columns, patches of a block, values]
   */
  public ImageFeatures encode(TensorScope scope, List<ImageInput> images) {
    List<PatchLayout.Grid> grids = images.stream().map(this::grid).toList();
    PatchLayout layout = new PatchLayout(shape.patches(), shape.windows().side(), grids);
    try (TensorScope work = new TensorScope()) {
      Tensor x = embed(work, images, layout);
      Tensor restored = longs(work, layout.restored(), layout.blocks());
      Tensor[] rotary =
          SCRIPT.tensors(
              work,
              "axial_rotary",
              longs(work, layout.positions(), 2, layout.patches().size()),
              shape.theta(),
              shape.headDim());
      List<Tensor> perLayer = new ArrayList<>();
      for (int layer = 0; layer < layers.size(); layer++) {
        x = runLayer(work, layer, x, rotary, layout);
        if (layerMergers.containsKey(layer)) {
          perLayer.add(merge(scope, x, layerMergers.get(layer), restored));
        }
      }
      return new ImageFeatures(merge(scope, x, merger, restored), perLayer);
    }
  }

  private PatchLayout.Grid grid(ImageInput image) {
    int[] size = image.pixels().shape();
    if (size.length != 4
        || size[2] != shape.patches().patches()
        || size[3] != shape.patches().values()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "An image of shape %s was not prepared for this model",
              Arrays.toString(size)));
    }
    return PatchLayout.Grid.of(image.pixels());
  }

  /** One layer, [patches, hidden] to the same; takes the tensor over. */
  private Tensor runLayer(
      TensorScope work, int layer, Tensor x, Tensor[] rotary, PatchLayout layout) {
    int[] groups = shape.windows().wholeIn(layer) ? layout.imageGroups() : layout.windowGroups();
    try (x) {
      return SCRIPT.tensor(
          work,
          "patch_block",
          x,
          layers.get(layer),
          rotary[0],
          rotary[1],
          groups,
          shape.heads(),
          shape.activation());
    }
  }

  private Tensor merge(TensorScope scope, Tensor x, Weights w, Tensor restored) {
    return SCRIPT.tensor(scope, "merge_patches", x, w, shape.patches().patches(), restored);
  }

  /** [patches, hidden] in the layout's order. */
  private Tensor embed(TensorScope work, List<ImageInput> images, PatchLayout layout) {
    int count = layout.patches().size();
    try (Tensor pixels = upload(work, images, layout)) {
      Tensor x = SCRIPT.tensor(work, "embed_patches", pixels, embedding);
      if (shape.positions().isEmpty()) {
        return x;
      }
      PositionGrid.Taps taps =
          shape.positions().get().taps(layout.patches(), shape.patches().merge());
      return SCRIPT.tensor(
          work,
          "add_positions",
          x,
          embedding,
          longs(work, taps.rows(), PositionGrid.TAPS, count),
          files.moved(work, work.floats(taps.shares(), PositionGrid.TAPS, count)));
    }
  }

  /** Pixel values of all images in the layout's order [blocks, patches of a block * values]. */
  private Tensor upload(TensorScope work, List<ImageInput> images, PatchLayout layout) {
    int block = shape.patches().patches() * shape.patches().values();
    Tensor pixels = files.upload(work, PixelBatch.values(images), layout.blocks(), block);
    if (layout.inImageOrder()) {
      return pixels;
    }
    try (pixels) {
      return Tensors.rows(work, pixels, longs(work, layout.order(), layout.blocks()));
    }
  }

  private Tensor longs(TensorScope work, long[] values, long... size) {
    return files.moved(work, work.longs(values, size));
  }
}
