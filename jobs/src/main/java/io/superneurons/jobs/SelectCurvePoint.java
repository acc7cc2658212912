package io.superneurons.jobs;

/**
 * One point of a curve: the selection's metric against something that could have been chosen
 * otherwise.
 *
 * @param task the task
 * @param set name of the set; {@code cross_validation} where there are no validation rows
 * @param xName {@code exit_layer} or {@code top_k}
 * @param x the exit layer or the number of neurons
 * @param value the metric that selection ranks by
 */
record SelectCurvePoint(String task, String set, String xName, int x, double value) {
  static final String EXIT_LAYER = "exit_layer";
  static final String TOP_K = "top_k";
}
