/**
 * What a stage leaves for the next: metadata, superneurons.json and the tables of select. Each kind
 * of row is one record with its schema, its writing and its reading.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.parquet},
 * {@code neuron.chosen}, {@code neuron.statistics}; Hadoop.
 */
package io.superneurons.jobs.results;
