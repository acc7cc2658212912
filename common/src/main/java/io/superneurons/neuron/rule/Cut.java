package io.superneurons.neuron.rule;

/**
 * A cut between two neighbouring values.
 *
 * @param threshold halfway between them
 * @param polarity 1 if values above the threshold mean the positive label, -1 if values below it do
 * @param score by the metric that found it
 */
record Cut(double threshold, int polarity, double score) {
  static Cut between(double low, double high, int polarity, double score) {
    return new Cut(low + (high - low) / 2, polarity, score);
  }
}
