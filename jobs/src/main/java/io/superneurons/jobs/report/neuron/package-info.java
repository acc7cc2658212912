/**
 * Cards of single neurons: what values they take on rows of each label, and the images on which
 * they are highest and lowest.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.parquet}, {@code
 * jobs.report.images}, {@code jobs.report.markup}, {@code neuron.chosen}, {@code neuron.rule},
 * {@code neuron.statistics}; Hadoop.
 */
package io.superneurons.jobs.report.neuron;
