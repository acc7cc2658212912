/**
 * What pages show of runs: how fast they were, what was labelled, drift; and the page that label
 * ends with.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.parquet}, {@code
 * jobs.report.images}, {@code jobs.report.markup}, {@code jobs.run}; Hadoop.
 */
package io.superneurons.jobs.report.run;
