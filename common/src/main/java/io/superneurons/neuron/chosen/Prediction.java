package io.superneurons.neuron.chosen;

import java.util.Map;

/**
 * What the Super Neurons say of one row.
 *
 * @param label the label with the most weight; at equal weights the first in the task's order
 * @param votes weight of every label, in the task's order
 * @param margin the two highest weights' difference over all weight, from 0 to 1
 */
public record Prediction(String label, Map<String, Double> votes, double margin) {}
