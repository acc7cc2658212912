/**
 * A task's labelled rows, and which of them fit, check and choose.
 *
 * <p>May import: {@code activation}, {@code neuron.rule}, {@code neuron.statistics}; the JDK.
 */
package io.superneurons.neuron.rows;
