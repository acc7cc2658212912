/**
 * From encoded image bytes to normalised pixel values: decode, convert to RGB, resize, crop,
 * normalise, equal to what Pillow and Hugging Face's image processors give.
 *
 * <p>May import: ImageIO with its plug-ins and the JDK. Nothing here knows libtorch.
 */
package io.superneurons.image;
