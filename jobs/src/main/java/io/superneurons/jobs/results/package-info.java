/**
 * What stages leave for the next: metadata, superneurons.json and select's tables, each row type
 * with its schema, its writing and its reading.
 *
 * <p>May import {@code activation}, {@code neuron}, the tables of {@code jobs} and Hadoop.
 */
package io.superneurons.jobs.results;
