/**
 * What select was asked for, and the folders that it reads.
 *
 * <p>May import: {@code activation}, {@code image.process}, {@code jobs.cli}, {@code jobs.input},
 * {@code jobs.results}, {@code jobs.select.rows}, {@code neuron.choose}, {@code neuron.rows},
 * {@code neuron.rule}, {@code neuron.statistics}, {@code neuron.vote}; Hadoop, Spark, picocli.
 */
package io.superneurons.jobs.select.settings;
