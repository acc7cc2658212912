/**
 * A vision-language model from a checkpoint folder: VisionLanguageModel is what others open,
 * ModelDescription what is known before that.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image}, {@code image.process},
 * {@code model.decoder}, {@code model.decoder.shape}, {@code model.family}, {@code model.pass},
 * {@code model.vision}, {@code model.weights}, {@code text}, {@code torch}; the JDK.
 */
package io.superneurons.model;
