/**
 * How good predictions are, and whether luck explains them: pure numbers.
 *
 * <p>May import: {@code activation}; the JDK.
 */
package io.superneurons.neuron.statistics;
