package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Auc;

/**
 * Rules fitted on one neuron's values.
 *
 * @param rules one a slot of the plan; null if the neuron cannot tell labels apart
 * @param scores of the rules on the rows they were fitted on; NaN where there is none
 * @param aucs of the values, see {@link Auc}, one per slot: for two labels of the second one, for a
 *     detector of its label, else the mean over the labels
 * @param means of the values, one a label
 * @param falls of each label, whether small values mean it
 */
public record Fit(
    FittedRule[] rules, double[] scores, double[] aucs, double[] means, boolean[] falls) {}
