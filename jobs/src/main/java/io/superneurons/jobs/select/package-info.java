/**
 * Stage 2 from folders to folder: the run, its tables, its terminal.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.parquet},
 * {@code jobs.results}, {@code jobs.run}, {@code jobs.select.choose}, {@code jobs.select.rows},
 * {@code jobs.select.scan}, {@code jobs.select.settings}, {@code jobs.select.size}, {@code
 * neuron.cascade}, {@code neuron.chosen}, {@code neuron.rows}, {@code neuron.rule}, {@code
 * neuron.statistics}, {@code neuron.vote}; Hadoop, Parquet, Spark.
 */
package io.superneurons.jobs.select;
