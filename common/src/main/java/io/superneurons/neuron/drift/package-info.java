/**
 * What the chosen neurons do on new rows, summed exactly and compared with the probing rows.
 *
 * <p>May import: {@code activation}, {@code neuron.chosen}, {@code neuron.rule}, {@code
 * neuron.statistics}, {@code neuron.values}; Jackson.
 */
package io.superneurons.neuron.drift;
