/**
 * What the driver makes of the scores: candidates, choices, baselines, evaluations.
 *
 * <p>May import: {@code activation}, {@code jobs.cli}, {@code jobs.results}, {@code
 * jobs.select.rows}, {@code jobs.select.scan}, {@code jobs.select.settings}, {@code
 * neuron.baseline}, {@code neuron.cascade}, {@code neuron.choose}, {@code neuron.chosen}, {@code
 * neuron.rows}, {@code neuron.rule}, {@code neuron.score}, {@code neuron.statistics}, {@code
 * neuron.vote}; Spark.
 */
package io.superneurons.jobs.select.choose;
