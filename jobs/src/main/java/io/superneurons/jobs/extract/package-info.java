/**
 * Stage 1: the model once per row, and the activations that it writes.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image.process}, {@code jobs.cli},
 * {@code jobs.files}, {@code jobs.input}, {@code jobs.manifest}, {@code jobs.model}, {@code
 * jobs.parquet}, {@code jobs.pass}, {@code jobs.run}, {@code jobs.source}, {@code jobs.wave},
 * {@code model}, {@code model.pass}, {@code model.weights}; Hadoop, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.extract;
