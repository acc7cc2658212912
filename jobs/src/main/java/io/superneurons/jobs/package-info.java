/**
 * The three stages by the names that users give to spark-submit, and Kryo's registrator, which
 * users' settings name too; completion of all commands.
 *
 * <p>May import: {@code jobs.bench}, {@code jobs.bench.select}, {@code jobs.cli}, {@code
 * jobs.extract}, {@code jobs.files}, {@code jobs.input}, {@code jobs.label}, {@code jobs.manifest},
 * {@code jobs.model}, {@code jobs.report}, {@code jobs.select}, {@code jobs.select.rows}, {@code
 * jobs.select.scan}, {@code jobs.select.settings}, {@code jobs.wave}; Hadoop, Kryo, Spark, picocli.
 */
package io.superneurons.jobs;
