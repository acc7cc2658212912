/**
 * The benchmark of select, beside NumPy.
 *
 * <p>May import: {@code activation}, {@code jobs.bench}, {@code jobs.cli}, {@code jobs.extract},
 * {@code jobs.files}, {@code jobs.parquet}, {@code jobs.select}, {@code jobs.select.settings},
 * {@code neuron.chosen}; Hadoop, Jackson, Parquet, Spark, picocli.
 */
package io.superneurons.jobs.bench.select;
