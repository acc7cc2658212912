/**
 * The benchmark of passes, beside Hugging Face transformers.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image}, {@code image.codec}, {@code
 * jobs.bench.shape}, {@code jobs.cli}, {@code jobs.model}, {@code model}, {@code model.pass},
 * {@code model.vision}, {@code model.weights}, {@code text}, {@code torch}; ImageIO, Jackson,
 * picocli.
 */
package io.superneurons.jobs.bench;
