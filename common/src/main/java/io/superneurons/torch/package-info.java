/**
 * Tensors, scripts and mapped weights on libtorch.
 *
 * <p>The only package that touches DJL's PyTorch classes. It knows nothing of models, images or
 * text. May import: {@code activation} (for float16), {@code checkpoint} (for the tensors of a
 * safetensors file), DJL PyTorch, JNA (for the NVIDIA driver), SLF4J, the JDK.
 */
package io.superneurons.torch;
