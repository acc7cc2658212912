/**
 * Vision-language models: one file a family, one registry ({@link io.superneurons.model.Families}),
 * shared blocks (vision tower, projector, decoder).
 *
 * <p>May import: {@code torch}, {@code checkpoint}, {@code text}, {@code image}, {@code
 * activation}, SLF4J and the JDK; never DJL or Spark.
 */
package io.superneurons.model;
