/**
 * What users name as input: files, folders, patterns and tables, on any file system, each with the
 * parts that its format cuts it into.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.dataset}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.shard}; Hadoop, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.source;
