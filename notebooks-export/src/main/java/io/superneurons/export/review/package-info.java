/**
 * Predictions that people should look at, as tasks of a labelling tool.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.parquet}; Jackson, Spark, picocli.
 */
package io.superneurons.export.review;
