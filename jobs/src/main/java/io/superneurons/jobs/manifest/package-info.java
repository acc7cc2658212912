/**
 * All rows of the input as metadata, read in one look: ids of their own, places, images that rows
 * share, what is yet to do; and embedded images, which are read again where they are decoded.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.source}; Hadoop, SLF4J, Spark.
 */
package io.superneurons.jobs.manifest;
