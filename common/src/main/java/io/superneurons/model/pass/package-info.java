/**
 * A batch on its way down: what is captured, where rows stop, leave and answer.
 *
 * <p>May import: {@code activation}, {@code model.decoder}, {@code model.vision}, {@code torch};
 * the JDK.
 */
package io.superneurons.model.pass;
