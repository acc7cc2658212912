/**
 * The Spark jobs extract, select and label, their options and the command line.
 *
 * <p>May import everything of {@code common}, Spark, Hadoop, Parquet and picocli; only {@code jobs}
 * and {@code export} know Spark.
 */
package io.superneurons.jobs;
