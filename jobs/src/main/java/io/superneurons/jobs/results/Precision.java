package io.superneurons.jobs.results;

import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Wilson;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How sure a task's accuracy is on the rows that had no say in the choice, and what more of them
 * would make of that.
 *
 * @param accuracy the share of these rows that are right
 * @param images that they are of
 * @param labels how many labels the task has
 */
public record Precision(double accuracy, int images, int labels) {
  /** Key of the number of images among the metrics of these rows. */
  public static final String IMAGES = "images";

  /** Name of these rows among the metrics. */
  public static final String NESTED = "nested";

  /** An interval that is wider than this leaves open whether anything was learnt. */
  private static final double WIDE = 0.2;

  /** So many times the rows halve the interval. */
  private static final int TIMES = 4;

  /** Of a task; nothing where it is not known, as of files of earlier versions. */
  public static Optional<Precision> of(TaskSuperNeurons task) {
    Double images = task.metrics().getOrDefault(NESTED, Map.of()).get(IMAGES);
    Optional<HeldOut> heldOut = task.cascade().heldOut();
    return images == null || heldOut.isEmpty()
        ? Optional.empty()
        : Optional.of(new Precision(right(heldOut.get()), images.intValue(), task.labels().size()));
  }

  private static double right(HeldOut heldOut) {
    double right = 0;
    for (int kind = 0; kind < heldOut.rows().length; kind++) {
      right += heldOut.right()[0][kind] ? heldOut.rows()[kind] : 0;
    }
    return right / heldOut.total();
  }

  /** The interval of 95% of the accuracy. */
  public Wilson interval() {
    return Wilson.of(accuracy, images);
  }

  /** Whether there are too few rows to tell what the accuracy is. */
  public boolean isWide() {
    return interval().high() - interval().low() > WIDE;
  }

  /** The accuracy, its interval, and what more rows would make of it. */
  public String text() {
    Wilson now = interval();
    Wilson then = Wilson.of(accuracy, TIMES * images);
    return String.format(
        Locale.ROOT,
        "accuracy %.3f on %d images, each by a choice made without it, so %.2f to %.2f with 95%%"
            + " confidence; %d more of each of the %d labels would narrow that to about %.2f to"
            + " %.2f",
        accuracy,
        images,
        now.low(),
        now.high(),
        ((TIMES - 1) * images + labels - 1) / labels,
        labels,
        then.low(),
        then.high());
  }
}
