package io.superneurons.jobs.report.neuron;

import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.neuron.rule.FittedRule;
import java.util.List;
import java.util.Locale;

/** Says which value of a neuron means which label. */
public final class VoteWords {
  private VoteWords() {}

  /**
   * Such as {@code > 0.25: yes, else no}.
   *
   * @param labels of the task, in its order
   */
  public static String of(FittedRule fitted, List<String> labels) {
    return switch (fitted.rule()) {
      case ZERO, MIDPOINT, BEST_CUT -> side(fitted, labels.get(1), labels.get(0));
      case ONE_VS_REST -> side(fitted, labels.get(fitted.detected()), "no vote");
      case NEAREST_MEAN -> means(fitted.means(), labels);
    };
  }

  private static String side(FittedRule fitted, String positive, String negative) {
    boolean above = fitted.polarity() > 0;
    return String.format(
        Locale.ROOT,
        "> %s: %s, else %s",
        Numbers.activation(fitted.thresholds()[0]),
        above ? positive : negative,
        above ? negative : positive);
  }

  private static String means(double[] means, List<String> labels) {
    StringBuilder text = new StringBuilder("nearest of ");
    for (int label = 0; label < means.length; label++) {
      text.append(label == 0 ? "" : ", ")
          .append(labels.get(label))
          .append(' ')
          .append(Numbers.activation(means[label]));
    }
    return text.toString();
  }
}
