/**
 * The language model: its shape, the packed batch, whole layers, the exit layer, generation.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code model.weights}, {@code torch};
 * SLF4J.
 */
package io.superneurons.model.decoder;
