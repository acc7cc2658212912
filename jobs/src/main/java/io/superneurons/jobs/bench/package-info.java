/**
 * The benchmark: random checkpoints in published shapes, and the same passes through this engine
 * and through Hugging Face transformers, one after the other in one run.
 *
 * <p>May import {@code activation}, {@code checkpoint}, {@code image}, {@code model}, {@code text}
 * and {@code torch} of {@code common}, and Jackson; no Spark. Python runs here only, as the other
 * side of the comparison.
 */
package io.superneurons.jobs.bench;
