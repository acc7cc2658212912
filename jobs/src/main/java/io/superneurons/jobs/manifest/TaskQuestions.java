package io.superneurons.jobs.manifest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The question of each task that has one of its own, so that rows which ask another can be counted.
 *
 * @param byTask questions by the names of their tasks; tasks without one are left out
 */
public record TaskQuestions(TreeMap<String, String> byTask) implements Serializable {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Of no task a question is known. */
  public static final TaskQuestions NONE = new TaskQuestions(new TreeMap<>());

  /** Those of a map, whose order does not matter. */
  public static TaskQuestions of(Map<String, String> byTask) {
    return new TaskQuestions(new TreeMap<>(byTask));
  }

  /**
   * Whether a row's question is another than its task's, which is known.
   *
   * @param question of the row; null where it asks its task's own
   */
  boolean isForeign(String task, String question) {
    String own = byTask.get(task);
    return own != null && question != null && !isSame(own, question);
  }

  /** Whether two questions differ in nothing but white space. */
  public static boolean isSame(String one, String other) {
    return one.equals(other) || spaced(one).equals(spaced(other));
  }

  /** A question in one line: each stretch of white space a space. */
  public static String spaced(String question) {
    return SPACES.matcher(question.strip()).replaceAll(" ");
  }
}
