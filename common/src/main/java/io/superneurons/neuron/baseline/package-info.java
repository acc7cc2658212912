/**
 * What Super Neurons are compared with: attention heads, a linear probe.
 *
 * <p>May import: {@code neuron.rows}, {@code neuron.statistics}, {@code neuron.vote}; the JDK.
 */
package io.superneurons.neuron.baseline;
