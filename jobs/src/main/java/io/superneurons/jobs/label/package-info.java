/**
 * Stage 3: which tasks, how far down the model, predictions, drift, every night.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.files}, {@code jobs.input},
 * {@code jobs.manifest}, {@code jobs.model}, {@code jobs.pass}, {@code jobs.report.images}, {@code
 * jobs.report.run}, {@code jobs.results}, {@code jobs.run}, {@code jobs.source}, {@code jobs.wave},
 * {@code model}, {@code model.pass}, {@code model.weights}, {@code neuron.cascade}, {@code
 * neuron.chosen}, {@code neuron.drift}, {@code neuron.rows}, {@code neuron.rule}, {@code
 * neuron.statistics}; Hadoop, Parquet, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.label;
