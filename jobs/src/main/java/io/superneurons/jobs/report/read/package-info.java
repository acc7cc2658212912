/**
 * What a report is drawn from: the files of a selection, and of other stages where they are given.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.parquet},
 * {@code jobs.report.markup}, {@code jobs.report.neuron}, {@code jobs.report.rows}, {@code
 * jobs.report.run}, {@code jobs.results}, {@code jobs.run}, {@code neuron.chosen}, {@code
 * neuron.rows}, {@code neuron.statistics}; Hadoop.
 */
package io.superneurons.jobs.report.read;
