/**
 * Predictions that people should look at, as a labelling tool takes them.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.files}, {@code jobs.parquet}, {@code
 * jobs.select.rows}; Hadoop, Jackson, Spark, picocli.
 */
package io.superneurons.export.review;
