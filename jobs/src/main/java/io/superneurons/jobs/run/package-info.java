/**
 * What the driver does with a run of extract or label: plan, lock, waves, progress, resume,
 * summary.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.manifest}, {@code jobs.model}, {@code jobs.parquet}, {@code jobs.pass}, {@code
 * jobs.wave}; Hadoop, Jackson, Parquet, SLF4J, Scala, Spark, picocli.
 */
package io.superneurons.jobs.run;
