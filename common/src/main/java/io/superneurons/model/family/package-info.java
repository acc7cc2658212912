/**
 * The families of models: each is one file, all stand in one registry.
 *
 * <p>May import: {@code checkpoint}, {@code image}, {@code image.process}, {@code model.decoder},
 * {@code model.decoder.shape}, {@code model.family.parts}, {@code model.vision}, {@code
 * model.weights}, {@code text}, {@code torch}; the JDK.
 */
package io.superneurons.model.family;
