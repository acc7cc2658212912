/**
 * What becomes of rows whose votes are close: deeper levels, their thresholds, the model's own
 * answer.
 *
 * <p>May import: {@code activation}, {@code neuron.chosen}, {@code neuron.statistics}; the JDK.
 */
package io.superneurons.neuron.cascade;
