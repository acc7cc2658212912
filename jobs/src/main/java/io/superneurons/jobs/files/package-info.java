/**
 * Folders and files on any file system that Hadoop knows, and files that appear together or not at
 * all.
 *
 * <p>May import: {@code jobs.cli}; Hadoop, Jackson, SLF4J, Spark.
 */
package io.superneurons.jobs.files;
