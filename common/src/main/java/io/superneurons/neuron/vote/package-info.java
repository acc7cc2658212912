/**
 * Votes, their weights, and the label that they come to.
 *
 * <p>May import: {@code activation}, {@code neuron.rule}, {@code neuron.statistics}; the JDK.
 */
package io.superneurons.neuron.vote;
