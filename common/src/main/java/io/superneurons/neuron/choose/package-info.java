/**
 * The search for the rule, the vote, the neurons and the exit layer of a task.
 *
 * <p>May import: {@code activation}, {@code neuron.chosen}, {@code neuron.rows}, {@code
 * neuron.rule}, {@code neuron.score}, {@code neuron.statistics}, {@code neuron.vote}; the JDK.
 */
package io.superneurons.neuron.choose;
