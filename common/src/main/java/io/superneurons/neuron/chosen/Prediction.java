package io.superneurons.neuron.chosen;

import java.util.Map;
import java.util.Optional;

/**
 * What the Super Neurons say of one row.
 *
 * @param label the label with the most weight, at equal weights the one that the best-ranked of
 *     their neurons voted for; nothing where no neuron voted
 * @param votes weight of every label, in the task's order
 * @param margin the two highest weights' difference over the weight of all neurons, from 0 to 1
 */
public record Prediction(Optional<String> label, Map<String, Double> votes, double margin) {}
