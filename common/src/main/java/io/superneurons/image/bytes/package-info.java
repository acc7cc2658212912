/**
 * Reading encoded bytes with a checked end, so that a file that is cut off is told from one that is
 * wrong.
 *
 * <p>May import: ImageIO.
 */
package io.superneurons.image.bytes;
