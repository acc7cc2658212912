package io.superneurons.jobs.report;

/**
 * What one task's Super Neurons are worth on another task that has the same labels.
 *
 * @param from the task that they were chosen for
 * @param to the task whose rows they vote on
 * @param set which of its rows
 * @param value of these neurons
 * @param own of the task's own Super Neurons, on the same rows
 */
public record Transfer(String from, String to, String set, double value, double own) {}
