/**
 * The families of models: each is one file, all stand in one registry, with what single families
 * need (projectors, tile grids, processor settings).
 *
 * <p>May import: {@code checkpoint}, {@code image}, {@code image.process}, {@code model.decoder},
 * {@code model.decoder.shape}, {@code model.vision}, {@code model.weights}, {@code text}, {@code
 * torch}; the JDK.
 */
package io.superneurons.model.family;
