/**
 * What stages leave for the next: metadata, superneurons.json and select's tables, each row type
 * with its schema, its writing and its reading.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.parquet},
 * {@code neuron.chosen}; Hadoop.
 */
package io.superneurons.jobs.results;
