/**
 * Folders and files on any file system that Hadoop knows, and files that appear together or not at
 * all.
 *
 * <p>May import: {@code jobs.cli}; Hadoop, Spark.
 */
package io.superneurons.jobs.files;
