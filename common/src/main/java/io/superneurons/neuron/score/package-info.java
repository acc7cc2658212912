/**
 * What every neuron is worth on one task, and the best of them.
 *
 * <p>May import: {@code activation}, {@code neuron.rows}, {@code neuron.rule}, {@code
 * neuron.statistics}, {@code neuron.values}; the JDK.
 */
package io.superneurons.neuron.score;
