/**
 * The size that images are shrunk to: the same rows at several sizes, searched and compared.
 *
 * <p>May import: {@code activation}, {@code image.process}, {@code jobs.cli}, {@code jobs.results},
 * {@code jobs.select.choose}, {@code jobs.select.rows}, {@code jobs.select.scan}, {@code
 * jobs.select.settings}, {@code neuron.choose}, {@code neuron.chosen}, {@code neuron.statistics};
 * Hadoop, Spark.
 */
package io.superneurons.jobs.select.size;
