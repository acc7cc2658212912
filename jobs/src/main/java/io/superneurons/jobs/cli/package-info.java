/**
 * What every command is made of: arguments, configuration file, session, refusals, exit codes.
 *
 * <p>May import: Hadoop, SLF4J, Spark, picocli.
 */
package io.superneurons.jobs.cli;
