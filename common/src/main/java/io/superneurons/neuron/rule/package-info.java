/**
 * How one number becomes a label: rules are fitted on sorted values and checked on other values.
 *
 * <p>May import: {@code activation}, {@code neuron.statistics}, {@code neuron.values}; the JDK.
 */
package io.superneurons.neuron.rule;
