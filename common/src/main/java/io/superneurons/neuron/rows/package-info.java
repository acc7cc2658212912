/**
 * A task's labelled rows: which of them fit, which check and which choose.
 *
 * <p>May import: {@code activation}, {@code neuron.rule}, {@code neuron.statistics}; the JDK.
 */
package io.superneurons.neuron.rows;
