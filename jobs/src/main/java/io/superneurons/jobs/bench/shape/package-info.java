/**
 * Random checkpoints in the shapes of published ones.
 *
 * <p>May import: {@code activation}; Jackson.
 */
package io.superneurons.jobs.bench.shape;
