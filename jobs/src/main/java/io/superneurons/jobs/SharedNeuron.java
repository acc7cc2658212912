package io.superneurons.jobs;

import io.superneurons.activation.Neuron;

/**
 * What a neuron that serves several tasks is to one of them: it is among the task's best neurons by
 * the rule that was chosen, whatever the exit layer.
 *
 * @param neuron which neuron
 * @param task one of its tasks
 * @param rank place among the task's best, from 1
 * @param selected whether it is one of the task's Super Neurons
 * @param polarity of its rule
 * @param probe its score on the probing rows
 */
record SharedNeuron(
    Neuron neuron, String task, int rank, boolean selected, int polarity, double probe) {}
