/**
 * Vision towers, and what a family puts before the decoder.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image}, {@code image.process},
 * {@code model.decoder}, {@code model.decoder.shape}, {@code model.weights}, {@code torch}; the
 * JDK.
 */
package io.superneurons.model.vision;
