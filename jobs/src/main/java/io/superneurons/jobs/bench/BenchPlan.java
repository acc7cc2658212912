package io.superneurons.jobs.bench;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.Part;
import io.superneurons.image.ImageSize;
import io.superneurons.image.codec.ImageFormat;
import io.superneurons.jobs.bench.shape.Questions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What a benchmark runs.
 *
 * @param passes what is measured, at least one
 * @param exitLayer last layer of the labelling pass
 * @param neurons of that layer that the labelling pass reads
 * @param exitTowerLayer layer of the vision tower that the labelling pass within it ends with
 * @param towerNeurons of that layer that this pass reads
 * @param images of a pass, each with its questions
 * @param questions on one image, where they share it
 * @param maxNewTokens length of an answer
 * @param repetitions measured, of which the median is taken
 * @param warmUp repetitions before them that are not
 * @param image size of the image before it is prepared
 * @param imageFormat of the image's file
 */
record BenchPlan(
    Set<Pass> passes,
    int exitLayer,
    ChosenNeurons neurons,
    int exitTowerLayer,
    ChosenNeurons towerNeurons,
    int images,
    int questions,
    int maxNewTokens,
    int repetitions,
    int warmUp,
    ImageSize image,
    ImageFormat imageFormat) {
  public BenchPlan {
    Objects.requireNonNull(neurons, "neurons");
    Objects.requireNonNull(towerNeurons, "towerNeurons");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(imageFormat, "imageFormat");
    if (passes.isEmpty()) {
      throw new IllegalArgumentException("passes must name one at least");
    }
    passes = Collections.unmodifiableSet(EnumSet.copyOf(passes));
    require("exit-layer", exitLayer, 0, Integer.MAX_VALUE);
    require("exit-tower-layer", exitTowerLayer, 0, Integer.MAX_VALUE);
    require("images", images, 1, 1024);
    require("questions", questions, 1, Questions.MOST);
    require("max-new-tokens", maxNewTokens, 1, 1024);
    require("repetitions", repetitions, 1, 10_000);
    require("warm-up", warmUp, 0, 10_000);
  }

  /**
   * Checks that a model has the layer of the tower, and the neurons.
   *
   * @throws IllegalArgumentException if it does not
   */
  void requireIn(ActivationLayout layout) {
    neurons.requireIn(layout);
    towerNeurons.requireIn(layout);
    require("exit-tower-layer", exitTowerLayer, 0, layout.of(Part.TOWER).layers() - 1);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s must be from %d to %d, not %d", name, least, most, value));
    }
  }
}
