/**
 * Rows through the executor's model, batch by batch, timed.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image}, {@code image.codec}, {@code
 * jobs.files}, {@code jobs.input}, {@code jobs.model}, {@code model}, {@code model.pass}, {@code
 * model.vision}, {@code model.weights}, {@code text}, {@code torch}; Hadoop, SLF4J, Spark.
 */
package io.superneurons.jobs.pass;
