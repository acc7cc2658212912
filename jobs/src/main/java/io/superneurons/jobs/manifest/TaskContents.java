package io.superneurons.jobs.manifest;

import io.superneurons.activation.Split;
import io.superneurons.jobs.input.ManifestRow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * What a task's rows ask and which labels they have, for people. Of many questions and labels the
 * first by their names are kept, whatever the Spark tasks that count them, and their counts are
 * whole.
 */
public final class TaskContents implements Serializable {
  private static final long serialVersionUID = 1;

  /** So many questions are kept; more than are shown. */
  static final int QUESTIONS = 4;

  /** So many labels are kept. */
  static final int LABELS = 100;

  /** Index of rows without a split in the counts by split, after those of {@link Split}. */
  public static final int UNSPLIT = Split.values().length;

  private final TreeSet<String> questions = new TreeSet<>();
  private final TreeMap<String, long[]> labels = new TreeMap<>();
  private final long[] rows = new long[UNSPLIT + 1];
  private long unlabelled;
  private long foreign;
  private String foreignQuestion;

  /**
   * Counts a row that can be used.
   *
   * @param isForeign whether it asks another question than its task's
   */
  void add(Row row, boolean isForeign) {
    int split = split(row.getAs(ManifestRow.SPLIT));
    rows[split]++;
    String question = row.getAs(ManifestRow.QUESTION);
    if (question != null && questions.add(question) && questions.size() > QUESTIONS) {
      questions.pollLast();
    }
    if (isForeign) {
      foreign++;
      foreignQuestion = first(foreignQuestion, question);
    }
    String label = row.getAs(ManifestRow.LABEL);
    if (label == null) {
      unlabelled++;
    } else {
      labels.computeIfAbsent(label, name -> new long[UNSPLIT + 1])[split]++;
      trim();
    }
  }

  private static String first(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static int split(String name) {
    return name == null ? UNSPLIT : Split.NAMES.indexOf(name);
  }

  private void trim() {
    if (labels.size() > LABELS) {
      labels.pollLastEntry();
    }
  }

  /** Adds those of other rows. */
  TaskContents plus(TaskContents other) {
    TaskContents sum = new TaskContents();
    for (TaskContents one : new TaskContents[] {this, other}) {
      sum.unlabelled += one.unlabelled;
      sum.foreign += one.foreign;
      sum.foreignQuestion = first(sum.foreignQuestion, one.foreignQuestion);
      addTo(sum.rows, one.rows);
      sum.questions.addAll(one.questions);
      one.labels.forEach(
          (label, counts) ->
              addTo(sum.labels.computeIfAbsent(label, name -> new long[UNSPLIT + 1]), counts));
    }
    while (sum.questions.size() > QUESTIONS) {
      sum.questions.pollLast();
    }
    while (sum.labels.size() > LABELS) {
      sum.labels.pollLastEntry();
    }
    return sum;
  }

  private static void addTo(long[] sums, long[] counts) {
    Arrays.setAll(sums, i -> sums[i] + counts[i]);
  }

  /** Questions in the order of their texts, {@link #QUESTIONS} at most. */
  public SortedSet<String> questions() {
    return questions;
  }

  /** Rows by label and split, {@link #LABELS} labels at most. */
  public SortedMap<String, long[]> labels() {
    return labels;
  }

  /** Rows by split, in the order of {@link Split}, and at last those without one. */
  public long[] rows() {
    return rows;
  }

  /** Rows that ask another question than their task's, see {@link TaskQuestions}. */
  public long foreign() {
    return foreign;
  }

  /** The first by its text of the questions that are not the task's; null where there is none. */
  public String foreignQuestion() {
    return foreignQuestion;
  }

  /** Rows without a label. */
  public long unlabelled() {
    return unlabelled;
  }
}
