/**
 * Scoring, selection and voting of neurons: pure arithmetic, no I/O, no Spark, no libtorch.
 *
 * <p>May import: {@code activation} (for layer and site) and the JDK; the file {@code
 * superneurons.json} is written with Jackson.
 */
package io.superneurons.neuron;
