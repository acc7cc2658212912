package io.superneurons.neuron.score;

import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.statistics.Auc;
import java.io.Serializable;

/**
 * What one neuron is worth in one {@link Slot}.
 *
 * @param fitted the rule fitted on all probing rows; null if the neuron cannot be selected
 * @param fitScores the metric on the fit rows of each trial; NaN where it cannot be selected
 * @param auc of the values on all probing rows, see {@link Auc}: for two labels of the second one,
 *     for a detector of its label, else the mean over the labels, each in the direction that serves
 *     it; NaN where the neuron cannot be selected
 * @param validation the metric on the validation rows, or on all folds' held-out rows together
 * @param pValues how likely luck orders the values by label as well, on the fit rows of each trial
 *     [trials], see {@link LabelTest}; NaN where the neuron cannot be selected
 */
public record NeuronScore(
    FittedRule fitted, double[] fitScores, double auc, double validation, double[] pValues)
    implements Serializable {
  /** The metric on all probing rows. */
  public double probingScore() {
    return fitScores[0];
  }
}
