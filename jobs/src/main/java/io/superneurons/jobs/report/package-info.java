/**
 * The HTML report of a selection.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.parquet},
 * {@code jobs.report.markup}, {@code jobs.results}, {@code neuron.cascade}, {@code neuron.chosen},
 * {@code neuron.rows}, {@code neuron.rule}, {@code neuron.statistics}, {@code neuron.vote}; Hadoop,
 * picocli.
 */
package io.superneurons.jobs.report;
