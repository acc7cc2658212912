/**
 * The three stages by the names that users give to spark-submit, and Kryo's registrator, which
 * users' settings name too.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.extract}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.label}, {@code jobs.manifest}, {@code jobs.select}, {@code jobs.select.rows}, {@code
 * jobs.select.scan}, {@code jobs.select.settings}, {@code jobs.wave}; Hadoop, Kryo, Spark, picocli.
 */
package io.superneurons.jobs;
