/**
 * One batch on its way down the model: what is captured, and where rows stop, leave and are
 * answered.
 *
 * <p>May import: {@code activation}, {@code model.decoder}, {@code model.decoder.shape}, {@code
 * model.vision}, {@code torch}; the JDK.
 */
package io.superneurons.model.pass;
