package io.superneurons.neuron;

/**
 * One way to select Super Neurons, and its worth.
 *
 * @param rule how neurons vote
 * @param voting how votes weigh
 * @param exitLayer the largest layer that neurons may come from
 * @param topK how many neurons vote
 * @param score the metric on validation rows, or on held-out probing rows
 */
public record Choice(Rule rule, Voting voting, int exitLayer, int topK, double score) {}
