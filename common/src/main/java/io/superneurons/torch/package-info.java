/**
 * Tensors, scripts and mapped weights on libtorch..
 *
 * <p>May import: {@code activation}, {@code checkpoint}; DJL PyTorch, JNA, SLF4J.
 */
package io.superneurons.torch;
