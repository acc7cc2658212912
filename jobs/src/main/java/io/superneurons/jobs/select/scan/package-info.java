/**
 * What Spark tasks read of the activations: scores, votes, values for linear probes, profiles.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.parquet}, {@code
 * jobs.select.rows}, {@code neuron.baseline}, {@code neuron.chosen}, {@code neuron.drift}, {@code
 * neuron.rows}, {@code neuron.rule}, {@code neuron.score}, {@code neuron.statistics}, {@code
 * neuron.values}, {@code neuron.vote}; Hadoop, Parquet, Spark.
 */
package io.superneurons.jobs.select.scan;
