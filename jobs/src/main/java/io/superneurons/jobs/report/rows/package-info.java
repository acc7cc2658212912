/**
 * What a report shows of single rows: confusion matrix, scores of each label, a gallery.
 *
 * <p>May import: {@code jobs.report.images}, {@code jobs.report.markup}, {@code jobs.results}.
 */
package io.superneurons.jobs.report.rows;
