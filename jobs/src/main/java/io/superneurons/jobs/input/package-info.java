/**
 * Which rows there are: manifests of four formats, folders of images; every row checked, none ends
 * a job.
 *
 * <p>May import: {@code activation}, {@code image.codec}, {@code jobs.cli}, {@code jobs.files};
 * Hadoop, Jackson, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.input;
