/**
 * Public data sets in the files that their authors publish: each set's layout becomes rows.
 *
 * <p>May import: {@code jobs.cli}, {@code jobs.files}, {@code jobs.input}, {@code text}; Hadoop,
 * Jackson, SLF4J.
 */
package io.superneurons.jobs.dataset;
