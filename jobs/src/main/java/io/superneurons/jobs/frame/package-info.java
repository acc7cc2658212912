/**
 * The stages on DataFrames, for programs, notebooks and SQL: a transformer that labels, a function,
 * and what the Python module calls.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.extract}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.label}, {@code jobs.model}, {@code jobs.select}, {@code jobs.select.settings};
 * Hadoop, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.frame;
