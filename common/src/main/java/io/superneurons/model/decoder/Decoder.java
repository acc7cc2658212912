package io.superneurons.model.decoder;

import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.weights.Blocks;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.Script;
import io.superneurons.torch.Tensor;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.TorchException;
import io.superneurons.torch.TorchType;
import io.superneurons.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The language model of every family here: pre-norm layers of grouped-query attention with rotary
 * positions and a gated MLP (transformers' modeling_llama.py, modeling_qwen2.py,
 * modeling_qwen2_5_vl.py, modeling_qwen3_vl.py). Its layers are opened up to the one that is
 * needed; the head only where the model answers.
 */
public final class Decoder {
  public static final Script SCRIPT = Blocks.compile(Decoder.class, "decoder.py", "flash.py");

  private static final Logger LOG = LoggerFactory.getLogger(Decoder.class);

  private final DecoderShape shape;
  private final MappedWeights files;
  private final Weights embedding;
  private final List<Weights> layers;
  private final Weights head;
  private final boolean attendsAtOnce;
  private final Seen bySegments;

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
    this.attendsAtOnce = attendsAtOnce(files, shape.headDim());
    this.bySegments = new Seen(List.of(files.indices(-1)), new int[0]);
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
    int count = depth.layers(shape.layers());
    ModelWeights.Request embedding =
        text.request()
            .matrixAs(
                "embed_tokens.weight", "embed_tokens.weight", shape.vocabulary(), shape.hidden());
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
    if (shape.tiedHead()) {
      return norm.matrixAs(
          "lm_head.weight", "embed_tokens.weight", shape.vocabulary(), shape.hidden());
    }
    return norm.with(
        root.module("language_model.lm_head", "lm_head")
            .request()
            .matrixAs("lm_head.weight", "weight", shape.vocabulary(), shape.hidden()));
  }

  /** Embeddings of the prompts' tokens, images' features in their places: [tokens, hidden]. */
  public Tensor embed(TensorScope scope, PackedBatch batch, ImageTokens images) {
    return SCRIPT.tensor(
        scope,
        "embed",
        embedding,
        indices(scope, batch.ids()),
        images.features().embeddings(),
        images.slots(),
        images.sources());
  }

  /** Where the batch's image tokens stand. */
  public ImageTokens images(TensorScope scope, PackedBatch batch, ImageFeatures features) {
    return new ImageTokens(
        features, indices(scope, batch.slots()), indices(scope, batch.sources()));
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
  public Tensor[] rotary(TensorScope scope, long[][] positions) {
    long[] flat = Arrays.stream(positions).flatMapToLong(Arrays::stream).toArray();
    RotaryShape rotary = shape.rotary();
    return SCRIPT.tensors(
        scope,
        "rotary",
        files.moved(scope, scope.longs(flat, positions.length, positions[0].length)),
        rotary.theta(),
        shape.headDim(),
        rotary.scaling().divisors(),
        rotary.scaling().magnitude(),
        rotary.axes());
  }

  /** How the model's attention finds what a batch's queries see. */
  public Seen seen(TensorScope scope, Supplier<Contexts> contexts) {
    if (!attendsAtOnce) {
      return bySegments;
    }
    Contexts seen = contexts.get();
    return new Seen(
        List.of(
            indices(scope, seen.tokens()),
            bounds(scope, seen.queryBounds()),
            bounds(scope, seen.tokenBounds())),
        seen.most());
  }

  private Tensor bounds(TensorScope scope, long[] values) {
    return SCRIPT.tensor(scope, "bounds", indices(scope, values));
  }

  /** Indices on the model's device [n]. */
  public Tensor indices(TensorScope scope, long[] values) {
    return files.moved(scope, scope.longs(values, values.length));
  }

  /** The wanted of a site's neurons: [rows, width] to [rows, neurons]. */
  public Tensor pick(TensorScope scope, Tensor values, SiteNeurons neurons) {
    return neurons.whole()
        ? values
        : SCRIPT.tensor(scope, "pick", values, indices(scope, neurons.toArray()));
  }

  public DecoderShape shape() {
    return shape;
  }

  public Weights layer(int layer) {
    return layers.get(layer);
  }

  public Weights head() {
    if (head == null) {
      throw new IllegalStateException("This model was opened without its language head");
    }
    return head;
  }

  /**
   * Where images' features go.
   *
   * @param slots indices of image tokens [slots]
   * @param sources which row of the features goes there [slots]
   */
  public record ImageTokens(ImageFeatures features, Tensor slots, Tensor sources) {
    /** Adds to [tokens, hidden] what comes after a layer; takes the tensor over. */
    public Tensor addAfter(TensorScope scope, int layer, Tensor x) {
      if (layer >= features.perLayer().size()) {
        return x;
      }
      try (x) {
        Tensor added = features.perLayer().get(layer);
        return SCRIPT.tensor(scope, "add_features", x, added, slots, sources);
      }
    }
  }

  /** Keys and values of tokens in one layer [tokens, kv heads, head dim]. */
  public record KeysValues(Tensor keys, Tensor values) {}
}
