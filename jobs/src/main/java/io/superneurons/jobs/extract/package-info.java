/**
 * Stage 1.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image.process}, {@code jobs.cli},
 * {@code jobs.files}, {@code jobs.input}, {@code jobs.model}, {@code jobs.parquet}, {@code
 * jobs.pass}, {@code jobs.run}, {@code jobs.wave}, {@code model}, {@code model.pass}, {@code
 * model.weights}; Hadoop, Parquet, Spark, picocli.
 */
package io.superneurons.jobs.extract;
