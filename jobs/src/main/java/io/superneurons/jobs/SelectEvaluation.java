package io.superneurons.jobs;

import io.superneurons.neuron.Bootstrap;

/**
 * One number of the evaluation table: a method's metric on a set.
 *
 * @param task the task
 * @param set name of the set
 * @param method {@code super_neurons} or a baseline
 * @param metric name of the metric
 * @param value the metric; the mean of all draws for random neurons
 * @param rows rows in the set
 * @param interval of 95% by bootstrap; null for random neurons
 * @param topK neurons that voted; null for other baselines
 * @param exitLayer the largest layer that had to run; null for other baselines
 */
record SelectEvaluation(
    String task,
    String set,
    String method,
    String metric,
    double value,
    int rows,
    Bootstrap interval,
    Integer topK,
    Integer exitLayer) {
  /** The project's own method. */
  static final String SUPER_NEURONS = "super_neurons";
}
