/**
 * Random checkpoints in published shapes.
 *
 * <p>May import: Jackson.
 */
package io.superneurons.jobs.bench.shape;
