/**
 * From RGB to what a vision tower takes: resize, crop, cut, normalise, as Hugging Face's processors
 * do.
 *
 * <p>May import: {@code image}; the JDK.
 */
package io.superneurons.image.process;
