/**
 * From an encoded image to RGB as Pillow does it. Each format has one codec and one reader of its
 * structure; others call ImageDecoder and ImageFormat.
 *
 * <p>May import: {@code image}, {@code image.bytes}; ImageIO, ImageIO plug-ins, JNA.
 */
package io.superneurons.image.codec;
