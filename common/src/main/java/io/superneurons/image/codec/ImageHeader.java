package io.superneurons.image.codec;

/**
 * What an encoded image says of itself before it is decoded.
 *
 * @param width as promised, in pixels, not yet checked
 * @param height as promised, in pixels, not yet checked
 * @param orientation to apply after decoding
 */
record ImageHeader(long width, long height, Orientation orientation) {}
