/**
 * An image in memory: colours, sizes, pixel values, limits, and the pure functions on it.
 *
 * <p>May import: the JDK.
 */
package io.superneurons.image;
