/**
 * Which rule, vote, neurons and exit layer: the search.
 *
 * <p>May import: {@code activation}, {@code neuron.chosen}, {@code neuron.rows}, {@code
 * neuron.rule}, {@code neuron.score}, {@code neuron.statistics}, {@code neuron.vote}; the JDK.
 */
package io.superneurons.neuron.choose;
