/**
 * How a checkpoint is opened: how deep, in which type, which tensors by which names; and the
 * scripts that all parts share.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image.process}, {@code torch}; the
 * JDK.
 */
package io.superneurons.model.weights;
