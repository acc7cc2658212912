/**
 * The HTML report of a selection: figures, tables and the page that holds them.
 *
 * <p>A package of its own, below {@code jobs}, so that drawing stays free of Spark: what it draws
 * comes in as records, what it makes is text. May import {@code activation}, {@code neuron}, {@code
 * jobs.results} and the JDK.
 */
package io.superneurons.jobs.report;
