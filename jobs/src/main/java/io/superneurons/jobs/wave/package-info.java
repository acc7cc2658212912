/**
 * What Spark tasks do in a wave: the results of rows, their counts, and the files that they become.
 *
 * <p>May import: {@code activation}, {@code jobs.files}, {@code jobs.input}, {@code jobs.manifest},
 * {@code jobs.model}, {@code jobs.parquet}, {@code jobs.pass}, {@code model.pass}, {@code
 * model.weights}, {@code neuron.chosen}, {@code neuron.drift}; Hadoop, Jackson, Parquet, Spark.
 */
package io.superneurons.jobs.wave;
