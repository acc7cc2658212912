/**
 * What an activation is, which neuron it is of, and how it is stored; the names and JSON of the
 * project's files.
 *
 * <p>May import: Jackson.
 */
package io.superneurons.activation;
