/**
 * Which rows there are: manifests of four formats and folders of images. Every row is checked, and
 * none ends a job.
 *
 * <p>May import: {@code activation}, {@code image.codec}, {@code jobs.cli}, {@code jobs.files},
 * {@code jobs.parquet}, {@code text}; Hadoop, Jackson, Parquet, Spark.
 */
package io.superneurons.jobs.input;
