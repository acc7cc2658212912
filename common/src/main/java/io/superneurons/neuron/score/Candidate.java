package io.superneurons.neuron.score;

import io.superneurons.activation.Neuron;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A neuron and its score in one trial. Shards keep many of them for each task, so that they hold no
 * more than numbers.
 *
 * @param neuron which one
 * @param fitScore the metric on the rows of the trial that its rule was fitted on
 * @param probingScore the metric on all probing rows
 * @param validation see {@link NeuronScore}
 * @param pValue see {@link NeuronScore#pValues}, of the trial
 * @param polarity of the rule fitted on all probing rows; 0 where that cannot be
 */
public record Candidate(
    Neuron neuron,
    double fitScore,
    double probingScore,
    double validation,
    double pValue,
    int polarity)
    implements Serializable {
  /** The better score first; equal scores by layer, site and index. */
  public static final Comparator<Candidate> BEST_FIRST = Candidate::compare;

  private static int compare(Candidate a, Candidate b) {
    int byScore = Double.compare(b.fitScore, a.fitScore);
    return byScore != 0 ? byScore : a.neuron.compareTo(b.neuron);
  }

  /** A neuron's score in the trial of that index. */
  public static Candidate of(Neuron neuron, int trial, NeuronScore score) {
    return new Candidate(
        neuron,
        score.fitScores()[trial],
        score.probingScore(),
        score.validation(),
        score.pValues()[trial],
        score.fitted() == null ? 0 : score.fitted().polarity());
  }

  /** A neuron whose score does not matter. */
  public static Candidate unscored(Neuron neuron) {
    return new Candidate(neuron, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
  }
}
