/**
 * From an encoded image to RGB as Pillow does it: one codec and one structure per format. Public:
 * ImageDecoder, ImageFormat.
 *
 * <p>May import: {@code image}, {@code image.bytes}, {@code image.vp8}; ImageIO, ImageIO plug-ins.
 */
package io.superneurons.image.codec;
