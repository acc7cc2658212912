/**
 * How one number becomes a label: rules, fitted on sorted values and checked on others.
 *
 * <p>May import: {@code activation}, {@code neuron.statistics}, {@code neuron.values}; the JDK.
 */
package io.superneurons.neuron.rule;
