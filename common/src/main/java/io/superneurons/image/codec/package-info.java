/**
 * From an encoded image to RGB as Pillow does it. Each format has one codec and one reader of its
 * structure; others call ImageDecoder and ImageFormat.
 *
 * <p>May import: {@code image}, {@code image.bytes}, {@code image.vp8}; ImageIO, ImageIO plug-ins.
 */
package io.superneurons.image.codec;
