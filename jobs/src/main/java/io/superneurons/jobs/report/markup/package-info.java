/**
 * Pieces of HTML and SVG that know nothing of neurons.
 *
 * <p>May import: the JDK.
 */
package io.superneurons.jobs.report.markup;
