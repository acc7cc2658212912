/**
 * Tar files of images, each with its labels beside it, as webdataset and img2dataset write them:
 * read as a stream, one after another.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.files}, {@code jobs.input}, {@code jobs.parquet};
 * Compress, Hadoop, Parquet.
 */
package io.superneurons.jobs.shard;
