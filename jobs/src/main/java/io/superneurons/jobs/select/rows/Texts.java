package io.superneurons.jobs.select.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for texts that many rows share, so that rows hold a number and each text is held once.
 */
final class Texts implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of no text. */
  static final int NONE = -1;

  private final ArrayList<String> byNumber = new ArrayList<>();
  private final transient Map<String, Integer> numbers = new HashMap<>();

  /** The text's number, a new one where it is new; {@link #NONE} for null. */
  int number(String text) {
    if (text == null) {
      return NONE;
    }
    Integer known = numbers.putIfAbsent(text, byNumber.size());
    if (known == null) {
      byNumber.add(text);
      return byNumber.size() - 1;
    }
    return known;
  }

  /** The text with that number, or null. */
  String text(int number) {
    return number == NONE ? null : byNumber.get(number);
  }

  int size() {
    return byNumber.size();
  }

  /** The numbers that these texts have among others, which take in those that are new to them. */
  int[] numbersIn(Texts others) {
    List<String> texts = byNumber;
    return texts.stream().mapToInt(others::number).toArray();
  }
}
