package io.superneurons.jobs.model;

import io.superneurons.image.ImageLimits;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.text.PromptSettings;
import java.io.Serializable;
import java.util.Objects;

/**
 * Everything an executor needs to open the model; Spark tasks with equal specs share one copy.
 *
 * @param folder the checkpoint
 * @param computation what it is computed in
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param depth how much of it to open
 * @param systemPrompt text of a system message, or null
 * @param promptTemplate whole prompt in place of the chat template, or null
 * @param promptSuffix text after each question, or empty
 * @param thinking what the chat template is told of it
 * @param limits how large images may be once they are prepared
 * @param maxImagePixels images with more pixels, by their header, are refused
 */
public record ModelSpec(
    ModelFolder folder,
    Computation computation,
    DeviceChoice device,
    Depth depth,
    String systemPrompt,
    String promptTemplate,
    String promptSuffix,
    PromptSettings.Thinking thinking,
    SizeLimits limits,
    long maxImagePixels)
    implements Serializable {
  public ModelSpec {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(computation, "computation");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(depth, "depth");
    Objects.requireNonNull(promptSuffix, "promptSuffix");
    Objects.requireNonNull(thinking, "thinking");
    Objects.requireNonNull(limits, "limits");
  }

  /** How a Spark task opens it on its device. */
  public ModelOptions options(String device) {
    return new ModelOptions(computation, device, depth, limits);
  }

  public PromptSettings promptSettings() {
    PromptSettings settings =
        PromptSettings.DEFAULT.withSuffix(promptSuffix).withThinking(thinking);
    if (systemPrompt != null) {
      settings = settings.withSystemPrompt(systemPrompt);
    }
    return promptTemplate == null ? settings : settings.withTemplate(promptTemplate);
  }

  public ImageLimits imageLimits() {
    return new ImageLimits(maxImagePixels);
  }
}
