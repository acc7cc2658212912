/**
 * Tidy tables of activations and scores for notebooks.
 *
 * <p>May import: {@code activation}, {@code export.review}, {@code jobs.cli}, {@code jobs.files},
 * {@code jobs.parquet}, {@code jobs.results}, {@code jobs.run}, {@code neuron.chosen}; Hadoop,
 * Spark, picocli.
 */
package io.superneurons.export;
