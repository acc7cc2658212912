package io.superneurons.jobs;

/**
 * What one task's Super Neurons are worth on another task that has the same labels.
 *
 * @param from the task that they were chosen for
 * @param to the task whose rows they vote on
 * @param set which of its rows
 * @param metric name of the metric that chose
 * @param value of these neurons
 * @param own of the task's own Super Neurons, on the same rows
 * @param rows how many there are
 */
record SelectTransfer(
    String from, String to, String set, String metric, double value, double own, int rows) {}
