package io.superneurons.neuron.statistics;

import java.util.Arrays;

/**
 * What the whole procedure finds where there is nothing to find: with labels shuffled among the
 * probing rows and among the validation rows, neurons are ranked and a way to vote is chosen anew,
 * many times. A p-value is the share of runs that do at least as well as the real labels, where the
 * run on the real labels counts too.
 *
 * @param count of shufflings
 * @param pValue of the score that the choice was made by
 * @param qValue the false discovery rate among the tasks that were selected for together; the
 *     p-value itself where there is one task
 * @param bestNeuronPValue of the best single neuron's score on the probing rows
 * @param score of the choice, with the real labels
 * @param shuffledMean mean score of the choices with shuffled labels
 */
public record Permutations(
    int count,
    double pValue,
    double qValue,
    double bestNeuronPValue,
    double score,
    double shuffledMean) {
  /** A q-value up to this one counts as a find. */
  private static final double LEVEL = 0.05;

  /** With fewer shufflings, not even the best result could be a find. */
  public static final int FEWEST = 19;

  /** Scores that differ by less than this count as equal: the difference is rounding. */
  private static final double SAME = 1e-12;

  /**
   * What one run of the procedure comes to.
   *
   * @param score of the choice, on the rows that choose
   * @param bestNeuron the best single neuron's score on the probing rows
   */
  public record Run(double score, double bestNeuron) {}

  public Permutations {
    if (count < FEWEST) {
      throw new IllegalArgumentException(
          "Shuffle labels at least " + FEWEST + " times: fewer cannot tell anything from luck");
    }
  }

  /** Compares the real run with those on shuffled labels. */
  public static Permutations of(Run real, Run... shuffled) {
    double ofScore = pValue(real.score, Arrays.stream(shuffled).mapToDouble(Run::score).toArray());
    return new Permutations(
        shuffled.length,
        ofScore,
        ofScore,
        pValue(real.bestNeuron, Arrays.stream(shuffled).mapToDouble(Run::bestNeuron).toArray()),
        real.score,
        Arrays.stream(shuffled).mapToDouble(Run::score).average().orElseThrow());
  }

  private static double pValue(double real, double[] shuffled) {
    long asGood = Arrays.stream(shuffled).filter(score -> score >= real - SAME).count();
    return (asGood + 1.0) / (shuffled.length + 1.0);
  }

  /** How many of the runs on shuffled labels did as well. */
  public long asGood() {
    return Math.round(pValue * (count + 1)) - 1;
  }

  /** Whether anything was found that luck does not explain. */
  public boolean found() {
    return qValue <= LEVEL;
  }

  /** The same among tasks of which each has a p-value of its own. */
  public Permutations among(double[] pValues) {
    long[] once = new long[pValues.length];
    Arrays.fill(once, 1);
    double q = new FalseDiscovery(pValues, once).qValue(pValue);
    return new Permutations(count, pValue, q, bestNeuronPValue, score, shuffledMean);
  }
}
