/**
 * A VP8 key frame (lossy WebP) to RGB; one public class, Vp8Frame.
 *
 * <p>May import: {@code image}, {@code image.bytes}; the JDK.
 */
package io.superneurons.image.vp8;
