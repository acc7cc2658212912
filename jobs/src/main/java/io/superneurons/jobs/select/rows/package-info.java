/**
 * The table of labelled rows in its canonical order; how rows are dealt into sets.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.parquet}, {@code neuron.cascade}, {@code neuron.rows}, {@code neuron.statistics};
 * Hadoop, Jackson, Scala, Spark.
 */
package io.superneurons.jobs.select.rows;
