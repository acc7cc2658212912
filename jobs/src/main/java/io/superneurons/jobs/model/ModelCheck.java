package io.superneurons.jobs.model;

import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.PassCost;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.VisionLanguageModel;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.ModelException;
import io.superneurons.text.PromptBuilder;
import io.superneurons.text.TemplateException;
import io.superneurons.text.TextException;
import io.superneurons.text.Tokenizer;
import io.superneurons.torch.TorchException;

/**
 * What the driver asks of a checkpoint: which model it is, and whether the executors can open it.
 * So what cannot work is refused before any row.
 */
public final class ModelCheck {
  private static final ImageSize USUAL = new ImageSize(480, 640);

  private ModelCheck() {}

  /**
   * What a checkpoint says of the model.
   *
   * @throws ConfigurationException if it is of no family that is known
   */
  public static ModelDescription describe(Checkpoint checkpoint) {
    try {
      return ModelDescription.of(checkpoint);
    } catch (ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  /** Which model a checkpoint is. */
  public static ModelIdentity identity(ModelDescription model) {
    Checkpoint checkpoint = model.checkpoint();
    return new ModelIdentity(checkpoint.name(), model.family(), checkpoint.fingerprint());
  }

  /**
   * Checks tensors, tokenizer and template. Weights are mapped in the type that they are stored in,
   * and are not read.
   *
   * @return what a pass costs, on an image of {@link #USUAL} size
   * @throws ConfigurationException if an executor could not open it; the message says why
   */
  public static PassCost require(Checkpoint checkpoint, ModelSpec spec) {
    requireTower(spec);
    try (VisionLanguageModel model =
        VisionLanguageModel.open(
            checkpoint, spec.options("cpu").withComputeType(ComputeType.stored(checkpoint)))) {
      if (!spec.depth().inTower()) {
        requirePrompts(model, spec);
      }
      return model.passCost(model.prepare(RgbImage.filled(USUAL, RgbColor.BLACK)));
    } catch (CheckpointException
        | ModelException
        | TextException
        | TemplateException
        | TorchException
        | IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private static void requireTower(ModelSpec spec) {
    try {
      spec.computation().tower().require(spec.device() == DeviceChoice.CUDA ? "cuda" : "cpu");
    } catch (ModelException e) {
      throw new ConfigurationException(e.getMessage(), e);
    }
  }

  private static void requirePrompts(VisionLanguageModel model, ModelSpec spec) {
    try (Tokenizer tokenizer = Tokenizer.open(model.checkpoint())) {
      PromptBuilder.of(
          model.checkpoint(), tokenizer, model.description().imageSlot(), spec.promptSettings());
    }
  }
}
