package io.superneurons.neuron.rule;

import io.superneurons.neuron.statistics.Auc;

/**
 * Rules fitted on one neuron's values.
 *
 * @param rules one per slot of the plan [slots]; all null if the neuron cannot tell labels apart
 * @param scores of the rules on the rows that they were fitted on [slots]; NaN where there is no
 *     rule
 * @param aucs of the values, see {@link Auc}, one per slot [slots]: for two labels that of the
 *     second one, for a detector that of its label, else the mean over the labels
 * @param means of the values of each label [labels]
 * @param labelAucs of the values for each label against the rest [labels]; NaN where there is no
 *     rule
 */
public record Fit(
    FittedRule[] rules, double[] scores, double[] aucs, double[] means, double[] labelAucs) {
  /** For each label, whether small values mean it [labels]. */
  boolean[] falls() {
    boolean[] falls = new boolean[labelAucs.length];
    for (int label = 0; label < falls.length; label++) {
      falls[label] = labelAucs[label] < Auc.CHANCE;
    }
    return falls;
  }
}
