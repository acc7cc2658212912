package io.superneurons.jobs.select.rows;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A label without what people and programs mix up: case, spaces of any kind and width, characters
 * without any, letters of full width, composed and decomposed letters, and ways to write a number.
 */
final class LooseLabel {
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern WIDTHLESS =
      Pattern.compile("[\u00AD\u200B-\u200F\u2060\uFE00-\uFE0F\uFEFF]");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{0,30})?");
  private static final char FULL_WIDTH_FIRST = '\uFF01';
  private static final char FULL_WIDTH_LAST = '\uFF5E';
  private static final int FULL_WIDTH_OFFSET = FULL_WIDTH_FIRST - '!';

  private LooseLabel() {}

  static String of(String label) {
    StringBuilder narrow = new StringBuilder(label.length());
    for (char c : WIDTHLESS.matcher(label).replaceAll("").toCharArray()) {
      boolean isWide = c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST;
      narrow.append(isWide ? (char) (c - FULL_WIDTH_OFFSET) : c);
    }
    String composed = Normalizer.normalize(narrow, Normalizer.Form.NFC);
    String spaced = SPACES.matcher(composed).replaceAll(" ").strip();
    return NUMBER.matcher(spaced).matches()
        ? new BigDecimal(spaced).stripTrailingZeros().toPlainString()
        : spaced.toLowerCase(Locale.ROOT);
  }
}
