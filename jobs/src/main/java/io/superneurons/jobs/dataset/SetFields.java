package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.text.LetteredChoices;
import io.superneurons.text.TextException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one row, as a set fills them. */
final class SetFields {
  private final Map<String, String> texts = new HashMap<>();
  private List<String> choices;
  private String letter;

  /**
   * The task of questions of a kind.
   *
   * @param kind as the set calls it; null or empty where it says none
   */
  static String taskOf(String set, String kind) {
    return kind == null || kind.isEmpty() ? set : set + "-" + kind.replace('/', '-');
  }

  SetFields id(String id) {
    return put(FieldColumns.ID, id);
  }

  SetFields task(String task) {
    return put(FieldColumns.TASK, task);
  }

  SetFields question(String question) {
    return put(FieldColumns.QUESTION, question);
  }

  /**
   * @param split may be null
   */
  SetFields split(String split) {
    return put(FieldColumns.SPLIT, split);
  }

  /**
   * @param label may be null
   */
  SetFields label(String label) {
    return put(FieldColumns.LABEL, label);
  }

  /** Any column that {@code --columns} may name. */
  SetFields put(String column, String text) {
    texts.put(column, text);
    return this;
  }

  SetFields choices(List<String> options) {
    choices = options;
    return this;
  }

  /**
   * The option that is right, of the choices that are there already.
   *
   * @param index from 0
   */
  SetFields answer(long index) throws BadRowException {
    try {
      letter = new LetteredChoices(choices).letter(index);
      return label(letter);
    } catch (TextException e) {
      throw BadRowException.badRow("Field choices: " + e.getMessage());
    }
  }

  Map<String, String> texts() {
    return texts;
  }

  /** Null where there are none. */
  List<String> choices() {
    return choices;
  }

  /** Null where the label is to be looked for among the choices. */
  String letter() {
    return letter;
  }
}
