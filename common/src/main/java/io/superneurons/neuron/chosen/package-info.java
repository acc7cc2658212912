/**
 * What select chose: superneurons.json and the classes that it holds.
 *
 * <p>May import: {@code activation}, {@code neuron.rows}, {@code neuron.rule}, {@code
 * neuron.statistics}, {@code neuron.vote}; Jackson.
 */
package io.superneurons.neuron.chosen;
