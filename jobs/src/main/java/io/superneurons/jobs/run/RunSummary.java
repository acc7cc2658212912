package io.superneurons.jobs.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.superneurons.activation.FormatException;
import io.superneurons.activation.JsonFormat;
import io.superneurons.activation.Names;
import io.superneurons.jobs.cli.Versions;
import io.superneurons.jobs.wave.RowCounts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What a run came to; {@value #FILE_NAME} of its output, for programs that run it every night.
 *
 * @param job name of the job
 * @param dateFolder the folder of its rows, below the output folder; null for that folder itself
 * @param started when, in UTC
 * @param ended when, in UTC
 * @param seconds how long it took
 * @param end {@code done}, {@code too_many_errors}, {@code nothing_done} or {@code stopped}
 * @param inputRows rows of the input
 * @param doneBefore rows that an earlier run did
 * @param done rows that this run did
 * @param failed rows that this run tried and could not do
 * @param left rows that this run did not try
 * @param rowsPerSecond rows that this run did, over its seconds
 * @param errors failed rows by kind
 * @param errorShare failed rows over those that were tried
 * @param maxErrors how many rows were allowed to fail, as {@code --max-errors} has it
 * @param computeType what the model computed in; null if it did no row
 * @param tokens tokens of prompts
 * @param phaseSeconds sums over Spark tasks: {@code read}, {@code prepare}, {@code model}, {@code
 *     write}
 * @param versions of this program, Spark and Java
 * @param dateFolderRows rows of that folder that are done, of this and of earlier runs
 * @param input options that name the rows of extract, as words of a command line: empty for tables,
 *     null for label and in files of earlier versions
 * @param tasks what label did, over that folder; null for extract
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    String job,
    @JsonProperty("partition") String dateFolder,
    String started,
    String ended,
    double seconds,
    String end,
    long inputRows,
    long doneBefore,
    long done,
    long failed,
    long left,
    double rowsPerSecond,
    Map<String, Long> errors,
    double errorShare,
    String maxErrors,
    String computeType,
    long tokens,
    Map<String, Double> phaseSeconds,
    Map<String, String> versions,
    @JsonProperty("partition_rows") long dateFolderRows,
    List<String> input,
    List<TaskSummary> tasks) {
  public static final String FILE_NAME = "_summary.json";

  private static final JsonFormat FORMAT = new JsonFormat("superneurons-run-summary", 1);

  /**
   * The summary of a run that has ended.
   *
   * @param job name of the job
   * @param plan what it was to do
   * @param outcome what it did
   * @param budget how many rows were allowed to fail
   * @param input options that name the rows of extract; null for label
   * @param tasks what label did; null for extract
   */
  public static RunSummary of(
      String job,
      RunPlan plan,
      Outcome outcome,
      ErrorBudget budget,
      List<String> input,
      List<TaskSummary> tasks) {
    RowCounts counts = outcome.counts();
    long tried = counts.rows() + counts.errorCount();
    Instant ended = Instant.now();
    String dateFolder = plan.earlier().dateFolder();
    return new RunSummary(
        job,
        dateFolder.isEmpty() ? null : dateFolder,
        second(ended.minusMillis((long) (outcome.seconds() * 1000))),
        second(ended),
        outcome.seconds(),
        Names.of(outcome.end()),
        plan.rows().counts().rows(),
        plan.done(),
        counts.rows(),
        counts.errorCount(),
        plan.pending() - tried,
        counts.rows() / outcome.seconds(),
        counts.errorsByName(),
        tried == 0 ? 0 : (double) counts.errorCount() / tried,
        budget.toString(),
        counts.computeType(),
        counts.effort().tokens(),
        counts.effort().seconds(),
        Versions.ofThis(),
        outcome.all().rows(),
        input,
        tasks);
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * Reads the file.
   *
   * @param source what to call the file in messages
   * @throws FormatException if it is no summary
   */
  public static RunSummary fromJson(String json, String source) {
    return FORMAT.read(json, source, RunSummary.class);
  }

  /** The text of {@value #FILE_NAME}. */
  public String toJson() {
    return FORMAT.write(this);
  }
}
