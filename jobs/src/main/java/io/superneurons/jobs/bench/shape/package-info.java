/**
 * Random checkpoints in the shapes of published ones.
 *
 * <p>May import: Jackson.
 */
package io.superneurons.jobs.bench.shape;
