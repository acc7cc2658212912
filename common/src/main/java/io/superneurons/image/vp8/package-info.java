/**
 * A VP8 key frame (lossy WebP) to RGB; others call Vp8Frame.
 *
 * <p>May import: {@code image}, {@code image.bytes}; the JDK.
 */
package io.superneurons.image.vp8;
