/**
 * The geometry of a language model, from its configuration: sizes, positions, windows, and what
 * kind of layer each is.
 *
 * <p>May import: {@code checkpoint}, {@code activation}, {@code model.weights}; JDK only.
 */
package io.superneurons.model.decoder.shape;
