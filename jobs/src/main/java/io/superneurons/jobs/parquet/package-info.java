/**
 * Parquet files written row by row in Spark tasks, and read back without Spark.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.files}; Hadoop, Parquet, Spark.
 */
package io.superneurons.jobs.parquet;
