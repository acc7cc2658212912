/**
 * The language model: the packed batch, its kinds of layers, the exit layer, generation.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code model.decoder.shape}, {@code
 * model.weights}, {@code torch}; SLF4J.
 */
package io.superneurons.model.decoder;
