/**
 * Encoded bytes with a checked end.
 *
 * <p>May import: ImageIO.
 */
package io.superneurons.image.bytes;
