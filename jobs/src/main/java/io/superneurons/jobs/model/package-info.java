/**
 * Which model it is and how it is opened: its options, fetching it once per host, checking it on
 * the driver; the command inspect.
 *
 * <p>May import: {@code activation}, {@code checkpoint}, {@code image}, {@code image.process},
 * {@code jobs.cli}, {@code jobs.files}, {@code model}, {@code model.vision}, {@code model.weights},
 * {@code text}, {@code torch}; Hadoop, Jackson, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.model;
