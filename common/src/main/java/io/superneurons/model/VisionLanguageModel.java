package io.superneurons.model;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.RgbImage;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.decoder.ImageFeatures;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.ModelPass;
import io.superneurons.model.pass.PartingRows;
import io.superneurons.model.pass.PassModel;
import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.vision.TowerPass;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.torch.MappedWeights;
import io.superneurons.torch.PassNumbers;
import io.superneurons.torch.TensorScope;
import io.superneurons.torch.Tensors;
import io.superneurons.torch.Torch;
import io.superneurons.torch.TorchException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A vision-language model, opened from a Hugging Face checkpoint folder: images and prompts in,
 * activations of the last prompt position out, and the model's own greedy answer where asked for.
 *
 * <p>One instance serves a whole executor. {@link #prepare} may be called from any thread; {@link
 * #run} is one pass at a time.
 */
public final class VisionLanguageModel implements AutoCloseable {
  private final ModelDescription description;
  private final Computation computation;
  private final Depth depth;
  private final MappedWeights files;
  private final Vision vision;
  private final PassModel parts;

  private VisionLanguageModel(
      ModelDescription description,
      Computation computation,
      Depth depth,
      MappedWeights files,
      Vision vision,
      Optional<Decoder> decoder) {
    this.description = description;
    this.computation = computation;
    this.depth = depth;
    this.files = files;
    this.vision = vision;
    this.parts = new PassModel(vision, decoder, description.layout().widths(), files);
  }

  /**
   * Checks that the checkpoint has all that is needed, and opens it; weights are mapped, so this
   * takes no time that depends on their size unless their type or device must change.
   *
   * @throws ModelException if no family runs it
   * @throws io.superneurons.checkpoint.CheckpointException if a tensor is missing or of the wrong
   *     shape; the message names it
   * @throws TorchException if libtorch cannot be loaded, or the memory does not hold the weights
   */
  public static VisionLanguageModel open(Checkpoint checkpoint, ModelOptions options) {
    Torch.load();
    ModelDescription description = ModelDescription.of(checkpoint);
    description.sizeLimits(options.limits());
    options.computation().tower().require(options.device());
    ComputeType type = options.computation().type().resolve(checkpoint, options.device());
    MappedWeights files = new MappedWeights(type.torchType(), options.device());
    try {
      checkpoint.requireUnchanged();
      return new VisionLanguageModel(
          description,
          new Computation(type, options.computation().tower()),
          options.depth(),
          files,
          description.openVision(files, options),
          description.openDecoder(files, options.depth()));
    } catch (RuntimeException e) {
      files.close(); // what was opened so far, too: another attempt needs the memory
      throw e instanceof TorchException torch && torch.outOfMemory()
          ? new TorchException(
              String.format(
                  Locale.ROOT,
                  "Not enough memory to open %s on %s in %s: %s",
                  checkpoint.name(),
                  options.device(),
                  type.label(),
                  e.getMessage()),
              e)
          : e;
    }
  }

  /** What the checkpoint's configuration says of the model. */
  public ModelDescription description() {
    return description;
  }

  /** The checkpoint it was opened from. */
  public Checkpoint checkpoint() {
    return description.checkpoint();
  }

  /** What it computes in; its type is never {@link ComputeType#AUTO}. */
  public Computation computation() {
    return computation;
  }

  /** Resizes, cuts and normalises an image as the checkpoint's processor does. */
  public ImageInput prepare(RgbImage image) {
    return vision.prepare(image);
  }

  /**
   * The text that must stand in a rendered prompt in place of the image token before the prompt is
   * tokenised: tiles with row and column marks. Empty for families whose prompts keep the one image
   * token.
   */
  public Optional<String> expansion(ImageInput image) {
    return vision.expansion(image);
  }

  /**
   * Ids of a prompt with the image's tokens in the placeholder's place, as transformers' processors
   * give them.
   */
  public long[] expand(RowInput row) {
    return vision.sequence(0, row.promptIds(), row.image()).ids();
  }

  /**
   * Runs rows in one pass, all as deep as is wanted.
   *
   * @param endTokens ids that end an answer
   * @return one output per row, in the order of the rows
   */
  public List<RowOutput> run(List<RowInput> rows, Capture capture, Set<Long> endTokens) {
    return run(rows, PassPlan.of(capture), endTokens);
  }

  /**
   * Runs rows in one pass, each as deep as the plan takes it.
   *
   * @param endTokens ids that end an answer
   * @return one output per row, in the order of the rows; that of a row that left early has what
   *     was captured up to there
   */
  public synchronized List<RowOutput> run(List<RowInput> rows, PassPlan plan, Set<Long> endTokens) {
    if (rows.isEmpty()) {
      return List.of();
    }
    try (ModelPass pass = start(rows, plan.capture())) {
      return new PartingRows(pass, plan.descent()).run(endTokens);
    }
  }

  /**
   * Starts a pass whose rows may part on the way down; no layer is run yet. One pass at a time; all
   * of it on one thread.
   *
   * @param rows at least one
   * @param capture all that any row may need; what an answer needs is kept only if it asks for one
   * @throws io.superneurons.checkpoint.CheckpointException if the checkpoint's files were changed
   */
  public ModelPass start(List<RowInput> rows, Capture capture) {
    requireFits(capture);
    checkpoint().requireUnchanged();
    return ModelPass.start(parts, rows, capture);
  }

  /**
   * Logits of the token after a row's prompt.
   *
   * @return [vocabulary]
   */
  public synchronized float[] logits(RowInput row) {
    try (ModelPass pass = start(List.of(row), Capture.withAnswer(List.of(), 1))) {
      return pass.logits();
    }
  }

  /**
   * Runs the vision tower and the projector alone: what an image costs before any layer of the
   * decoder.
   *
   * @return the last image's last feature [hidden]
   */
  public synchronized float[] encode(List<ImageInput> images) {
    checkpoint().requireUnchanged();
    try (TensorScope scope = new TensorScope()) {
      TowerPass tower = new TowerPass(vision, scope, new PassNumbers(files, scope), images);
      tower.need(OptionalInt.empty(), layer -> Map.of());
      ImageFeatures features = tower.features(scope);
      return MappedWeights.toFloats(Tensors.lastRow(scope, features.embeddings()));
    }
  }

  /**
   * Estimates the memory that a pass takes beyond the weights; this model may be opened less deep
   * than the options say.
   *
   * @param image the largest image to expect
   * @param rows of a pass, each on an image of its own
   * @param options how the model would be opened
   */
  public WorkingMemory workingMemory(ImageInput image, int rows, ModelOptions options) {
    int element = options.computation().type().resolve(checkpoint(), options.device()).bytes();
    return WorkingMemory.of(
        description.decoder(), vision.work(image), image, rows, options.depth(), element);
  }

  /**
   * Estimates how much a pass multiplies, however deep this model is opened.
   *
   * @param image a typical one
   */
  public PassCost passCost(ImageInput image) {
    return ModelTensors.of(checkpoint())
        .passCost(description.decoder(), vision.work(image).tokens(), image.features());
  }

  /** Tokens that an image takes within the vision tower. */
  public long towerTokens(ImageInput image) {
    return vision.work(image).tokens();
  }

  /**
   * Tokens that a row takes within the decoder, those of its image included; as many as usual of
   * text where the model is opened no deeper than its tower, which reads no prompt.
   */
  public long promptTokens(RowInput row) {
    return depth.inTower() ? row.image().features() + ModelTensors.TEXT : expand(row).length;
  }

  private void requireFits(Capture capture) {
    capture.wanted().forEach(this::requireHas);
    ModelLayer opened = opened();
    if (capture.deepest().map(layer -> layer.compareTo(opened) > 0).orElse(false)
        || (capture.answer() && !depth.answers())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The model was opened up to %s%s, which is not deep enough",
              opened,
              depth.answers() ? "" : " without its head"));
    }
  }

  private void requireHas(LayerSite column, SiteNeurons neurons) {
    ActivationLayout layout = description.layout();
    int layers = layout.of(column.site().part()).layers();
    boolean known = layout.sites().contains(column.site()) && column.layer() < layers;
    int width = known ? layout.width(column) : 0;
    if (width == 0) {
      throw new IllegalArgumentException("The model has no " + column);
    }
    if (neurons.last() >= width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s has neurons 0 to %d, not %d", column, width - 1, neurons.last()));
    }
  }

  /** The deepest layer that is open. */
  private ModelLayer opened() {
    return depth
        .exitLayer()
        .orElseGet(() -> ModelLayer.ofDecoder(description.layout().layers() - 1));
  }

  @Override
  public void close() {
    files.close();
  }
}
