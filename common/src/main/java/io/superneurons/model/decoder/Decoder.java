package io.superneurons.model.decoder;

import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.decoder.shape.LayerParts;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import io.superneurons.torch.TorchType;
import io.superneurons.torch.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The language model of every family here: pre-norm layers of grouped-query attention with rotary
 * positions, or of a gated delta net, and a gated MLP or a mixture of them (transformers'
 * modeling_llama.py, modeling_qwen2.py, modeling_qwen2_5_vl.py, modeling_qwen3_vl.py,
 * modeling_qwen3_5.py, modeling_qwen3_5_moe.py). Its layers are opened up to the one that is
 * needed; the head only where the model answers.
 *
 * <p>A pass places a batch, embeds it and takes it through the layers one by one; what each layer
 * gives has names, and the order of the scripts' arguments and results stays within this package.
 */
public final class Decoder {
  static final Script SCRIPT =
      Blocks.compile(Decoder.class, "decoder.py", "flash.py", "delta.py", "experts.py");

  private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

  private final DecoderShape shape;
  private final MappedWeights files;
  private final DecoderWeights weights;
  private final AnswerRules answerRules;
  private final boolean attendsAtOnce;
  private final Visible bySegments;
  private final Rotaries.Turning turning;
  private final Rotaries.Turning turningInWindows;
  private final Embedding embedding;
  private final List<DecoderLayer> layers; // as deep as the model was opened

  private Decoder(
      DecoderShape shape, MappedWeights files, DecoderWeights weights, AnswerRules answerRules) {
    this.shape = shape;
    this.files = files;
    this.weights = weights;
    this.answerRules = answerRules;
    this.attendsAtOnce =
        shape.parts().sight() == LayerParts.ImageSight.BACKWARD
            && attendsAtOnce(files, shape.sizes().widestHead());
    this.bySegments = new Visible(List.of(files.indices(-1)), new int[0]);
    this.turning = Rotaries.Turning.of(shape.rotary(), files);
    this.turningInWindows =
        shape.windowRotary() == shape.rotary()
            ? turning
            : Rotaries.Turning.of(shape.windowRotary(), files);
    this.embedding = new Embedding(this, files, weights);
    this.layers = IntStream.range(0, weights.layers().size()).mapToObj(this::opened).toList();
  }

  /**
   * Whether all queries of a batch can go through one kernel: in 16 bits, on GPUs from Ampere on.
   */
  private static boolean attendsAtOnce(MappedWeights files, int headDim) {
    if (files.device().equals("cpu") || files.type() == TorchType.FLOAT32) {
      return false;
    }
    try (TensorScope scope = new TensorScope()) {
      SCRIPT.tensor(scope, "probe_contexts", headDim, files.type().code(), files.device());
      return true;
    } catch (TorchException e) {
      LOG.info("Attention goes segment by segment on {}: {}", files.device(), e.getMessage());
      return false;
    }
  }

  /**
   * Checks all that the depth needs, then opens it.
   *
   * @param root weights above the language model, where the head is
   * @param text weights of the language model: embed_tokens, layers, norm
   */
  public static Decoder open(
      DecoderShape shape, ModelWeights root, ModelWeights text, Depth depth) {
    AnswerRules rules =
        text.checkpoint().generationConfig().map(AnswerRules::of).orElse(AnswerRules.NONE);
    if (depth.answers() && !rules.notFollowed().isEmpty()) {
      LOG.warn(
          "generation_config.json: {} not followed; answers may differ from transformers'",
          String.join(", ", rules.notFollowed()));
    }
    return new Decoder(shape, text.files(), DecoderWeights.open(shape, root, text, depth), rules);
  }

  /** What the checkpoint asks of its own answers. */
  AnswerRules answerRules() {
    return answerRules;
  }

  DecoderWeights weights() {
    return weights;
  }

  public DecoderShape shape() {
    return shape;
  }

  /**
   * Refuses a row where positions would turn otherwise than they are turned here.
   *
   * @param maxNewTokens of its answer
   * @throws ModelException if it is too long
   */
  public void requireLength(Sequence row, int maxNewTokens) {
    if (row.nextPosition() + maxNewTokens > shape.longest()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The prompt takes %d positions, and its answer may take %d; by the checkpoint's rope"
                  + " parameters %d are the most that are run",
              row.nextPosition(),
              maxNewTokens,
              shape.longest()));
    }
  }

  /** Says what a batch needs on the device. */
  public void need(PassNumbers numbers, PackedBatch batch) {
    needPositions(numbers, batch.positions());
    for (long[] indices : List.of(batch.slots(), batch.sources(), batch.last())) {
      numbers.needIndices(indices);
    }
    numbers.needIndices(new long[0]); // rows of a layer that is unread
    embedding.need(numbers, batch.ids());
    if (attendsAtOnce) {
      Contexts.ofSegments(batch).need(numbers);
      Contexts.ofRows(batch, 0).need(numbers);
    }
  }

  /** Says what a layer needs on the device where neurons of it are captured, or rows leave it. */
  public void need(PassNumbers numbers, int layer, Map<Site, SiteNeurons> wanted) {
    for (SiteNeurons neurons : wanted.values()) {
      if (!neurons.whole()) {
        numbers.needIndices(neurons.toArray());
      }
    }
    layers.get(layer).needExit(numbers, wanted);
  }

  /** Makes what all layers need of a batch. */
  public PlacedBatch place(
      TensorScope scope, PassNumbers numbers, PackedBatch batch, ImageFeatures features) {
    need(numbers, batch);
    ImageTokens images =
        new ImageTokens(features, numbers.indices(batch.slots()), numbers.indices(batch.sources()));
    return new PlacedBatch(
        batch,
        numbers,
        images,
        embedding.inputs(scope, numbers, batch, images),
        rotaries(scope, numbers, batch.positions()),
        numbers.indices(batch.last()),
        shape.parts().sight() == LayerParts.ImageSight.BOTH_WAYS ? batch.imageRuns() : new int[0],
        visible(scope, numbers, () -> Contexts.ofSegments(batch)),
        visible(scope, numbers, () -> Contexts.ofRows(batch, 0)));
  }

  /** Numbers of a step or of a choice, which say of themselves what they need. */
  PassNumbers numbers(TensorScope scope) {
    return new PassNumbers(files, scope);
  }

  /** Says what {@link #rotaries} needs. */
  void needPositions(PassNumbers numbers, long[][] positions) {
    numbers.need(flat(positions), positions.length, positions[0].length);
  }

  private static long[] flat(long[][] positions) {
    return Arrays.stream(positions).flatMapToLong(Arrays::stream).toArray();
  }

  /**
   * @param positions [axes, tokens]; one axis stands for all
   */
  Rotaries rotaries(TensorScope scope, PassNumbers numbers, long[][] positions) {
    Tensor there = numbers.longs(flat(positions), positions.length, positions[0].length);
    Rotaries.Rotary whole = turning.at(scope, there);
    return new Rotaries(
        whole, turningInWindows == turning ? whole : turningInWindows.at(scope, there));
  }

  /** Whether all queries of a batch go through one kernel. */
  boolean attendsAtOnce() {
    return attendsAtOnce;
  }

  /**
   * How the model's attention finds what a batch's queries see.
   *
   * @param contexts asked only if all queries go through one kernel
   */
  Visible visible(TensorScope scope, PassNumbers numbers, Supplier<Contexts> contexts) {
    if (!attendsAtOnce) {
      return bySegments;
    }
    Contexts each = contexts.get();
    return new Visible(
        List.of(
            numbers.indices(each.tokens()),
            bounds(scope, numbers.indices(each.queryBounds())),
            bounds(scope, numbers.indices(each.tokenBounds()))),
        each.longest());
  }

  private static Tensor bounds(TensorScope scope, Tensor values) {
    return SCRIPT.tensor(scope, "bounds", values);
  }

  /** What stands where a script looks at no tensor. */
  Tensor anything() {
    return bySegments.tensors().get(0);
  }

  /** Embeddings of the prompts' tokens, images' features in their places: [tokens, hidden]. */
  public Tensor embed(TensorScope scope, PlacedBatch placed) {
    return embedding.of(scope, placed.numbers(), placed.batch(), placed.images());
  }

  /** What tokens are before the first layer. */
  Embedding embedding() {
    return embedding;
  }

  /**
   * Takes all tokens through a layer.
   *
   * @param x the residual stream before it [tokens, hidden]; freed
   * @param kept by layer, what earlier ones kept that others use
   */
  public WholeLayer layer(
      TensorScope scope, int layer, Tensor x, PlacedBatch placed, Map<Integer, Past> kept) {
    WholeLayer whole = layers.get(layer).whole(scope, x, placed, kept);
    x.close();
    return new WholeLayer(withFeatures(scope, layer, whole.x(), placed.images()), whole.output());
  }

  /** Adds to [tokens, hidden] what images' features give after a layer; takes the tensor over. */
  private static Tensor withFeatures(TensorScope scope, int layer, Tensor x, ImageTokens images) {
    List<Tensor> perLayer = images.features().perLayer();
    if (layer >= perLayer.size()) {
      return x;
    }
    try (x) {
      return SCRIPT.tensor(
          scope, "add_features", x, perLayer.get(layer), images.slots(), images.sources());
    }
  }

  /**
   * The model's last layer, which no other follows: all but keys and values is computed for the
   * rows' last tokens only.
   *
   * @param x the residual stream before it [tokens, hidden]
   * @param kept by layer, what earlier ones kept that others use
   */
  public LayerOutput lastLayer(
      TensorScope scope, Tensor x, PlacedBatch placed, Map<Integer, Past> kept) {
    return layers.get(shape.layers() - 1).last(scope, x, placed, kept);
  }

  /**
   * The layer where rows leave: of the rows' last tokens, only what the wanted neurons need.
   *
   * @param x the residual stream before it [tokens, hidden]
   * @param kept by layer, what earlier ones kept that others use
   * @param wanted by site, at least one
   * @return the wanted neurons of each site [rows, neurons]
   */
  public Map<Site, Tensor> exitLayer(
      TensorScope scope,
      int layer,
      Tensor x,
      PlacedBatch placed,
      Map<Integer, Past> kept,
      Map<Site, SiteNeurons> wanted) {
    return layers.get(layer).exit(scope, x, placed, kept, wanted);
  }

  /** The wanted neurons of a site: [rows, width] to [rows, neurons]. */
  public Tensor pick(TensorScope scope, PassNumbers numbers, Tensor values, SiteNeurons neurons) {
    return neurons.whole()
        ? values
        : SCRIPT.tensor(scope, "pick", values, numbers.indices(neurons.toArray()));
  }

  /**
   * Logits of the rows' next tokens [rows, vocabulary], row-major.
   *
   * @param residual resid_post of the last layer at the rows' last tokens [rows, hidden]
   */
  public float[] logits(Tensor residual) {
    return SCRIPT.floats("logits", weights.head(), residual, shape.eps());
  }

  /** A layer, which is opened. */
  DecoderLayer layer(int layer) {
    return layers.get(layer);
  }

  private DecoderLayer opened(int layer) {
    Weights of = weights.layer(layer);
    return shape.deltaNets().has(layer)
        ? new DeltaLayer(this, layer, of)
        : new AttentionLayer(this, layer, of);
  }
}
