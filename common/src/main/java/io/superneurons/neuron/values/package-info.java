/**
 * One neuron's values, as integers that sort as the values do.
 *
 * <p>May import: {@code activation}; the JDK.
 */
package io.superneurons.neuron.values;
