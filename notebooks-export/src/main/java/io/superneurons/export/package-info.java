/**
 * Turns activations and scores into tidy Parquet or CSV tables for notebooks.
 *
 * <p>May import: {@code jobs} (session, options, tables), {@code activation}, {@code neuron},
 * Spark, Hadoop's paths and picocli.
 */
package io.superneurons.export;
