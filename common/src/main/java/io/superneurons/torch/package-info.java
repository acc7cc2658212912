/**
 * Tensors, scripts and mapped weights on libtorch; the only package that touches DJL's PyTorch
 * classes.
 *
 * <p>May import: {@code activation}, {@code checkpoint}; DJL PyTorch, JNA, SLF4J.
 */
package io.superneurons.torch;
