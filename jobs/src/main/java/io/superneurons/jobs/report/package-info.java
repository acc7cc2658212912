/**
 * The HTML report of a selection.
 *
 * <p>May import: {@code activation}, {@code image.process}, {@code jobs.cli}, {@code jobs.files},
 * {@code jobs.report.images}, {@code jobs.report.markup}, {@code jobs.report.neuron}, {@code
 * jobs.report.read}, {@code jobs.report.rows}, {@code jobs.report.run}, {@code jobs.results},
 * {@code jobs.source}, {@code neuron.cascade}, {@code neuron.chosen}, {@code neuron.rows}, {@code
 * neuron.rule}, {@code neuron.statistics}, {@code neuron.vote}; Hadoop, picocli.
 */
package io.superneurons.jobs.report;
