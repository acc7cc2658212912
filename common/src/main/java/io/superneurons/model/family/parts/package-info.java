/**
 * What families put together before their decoders: projectors, tile grids, settings of image
 * processors, and the vision fronts that several families have.
 *
 * <p>May import: {@code checkpoint}, {@code image}, {@code image.process}, {@code model.decoder},
 * {@code model.decoder.shape}, {@code model.vision}, {@code model.weights}, {@code text}, {@code
 * torch}; the JDK.
 */
package io.superneurons.model.family.parts;
