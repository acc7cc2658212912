/**
 * Turns activations and scores into tidy Parquet or CSV tables for notebooks.
 *
 * <p>May import: {@code jobs} (session, options, tables), {@code activation} and Spark.
 */
package io.superneurons.export;
