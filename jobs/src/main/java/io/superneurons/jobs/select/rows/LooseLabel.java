package io.superneurons.jobs.select.rows;

import static java.lang.Character.UnicodeBlock.ALPHABETIC_PRESENTATION_FORMS;
import static java.lang.Character.UnicodeBlock.ARABIC_PRESENTATION_FORMS_A;
import static java.lang.Character.UnicodeBlock.ARABIC_PRESENTATION_FORMS_B;
import static java.lang.Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS;

import java.lang.Character.UnicodeBlock;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A label without what people and programs mix up: case, spaces of any kind and width, characters
 * without any, ligatures and letters of other width, composed and decomposed letters, dashes and
 * quotes, letters of Cyrillic for those of Latin, and ways to write a number.
 */
final class LooseLabel {
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  /** But for the tags of U+E0000, which tell the flags of England, Scotland and Wales apart. */
  private static final Pattern WIDTHLESS =
      Pattern.compile(
          "[\\p{Cf}\\p{Cc}\u034F\u115F\u1160\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0"
              + "\\x{E0100}-\\x{E01EF}&&[^\\s\\x{E0000}-\\x{E007F}]]");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?");

  /** Blocks of characters that are others in another shape; a raised 2 is not among them. */
  private static final Set<UnicodeBlock> SHAPES =
      Set.of(
          ALPHABETIC_PRESENTATION_FORMS,
          ARABIC_PRESENTATION_FORMS_A,
          ARABIC_PRESENTATION_FORMS_B,
          HALFWIDTH_AND_FULLWIDTH_FORMS);

  /** Such characters elsewhere: the micro sign, digraphs, rows of dots, Roman numerals. */
  private static final Pattern SHAPE =
      Pattern.compile("[\u00B5\u0132\u0133\u01C4-\u01CC\u01F1-\u01F3\u2024-\u2026\u2160-\u217F]");

  /** Dashes, quotes, and letters of which Cyrillic has twins in either case. */
  private static final String MIXED_UP =
      "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2018\u2019\u201A\u201B\u02BC\u2032\u0060\u00B4"
          + "\u201C\u201D\u201E\u201F\u2033"
          + "\u0430\u0432\u0435\u043A\u043C\u043D\u043E\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458";

  private static final String MEANT =
      "-".repeat(7) + "'".repeat(8) + "\"".repeat(5) + "abekmhopctyxsij";

  private LooseLabel() {}

  /**
   * What a label comes to. Two labels look alike if they share one of these: {@code I} is a capital
   * {@code i}, and in Turkish one without a dot.
   */
  static Set<String> of(String label) {
    String shaped = shaped(WIDTHLESS.matcher(label).replaceAll(""));
    String spaced = SPACES.matcher(shaped).replaceAll(" ").strip();
    String usual = loose(spaced, Locale.ROOT);
    String turkish = loose(spaced, Locale.forLanguageTag("tr"));
    return usual.equals(turkish) ? Set.of(usual) : Set.of(usual, turkish);
  }

  private static String shaped(String text) {
    StringBuilder shaped = new StringBuilder(text.length());
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            one -> {
              boolean isShape =
                  SHAPES.contains(UnicodeBlock.of(one.codePointAt(0)))
                      || SHAPE.matcher(one).matches();
              shaped.append(isShape ? Normalizer.normalize(one, Form.NFKC) : one);
            });
    return Normalizer.normalize(shaped, Form.NFC);
  }

  private static String loose(String text, Locale letters) {
    String lower = text.toLowerCase(letters).replace("i\u0307", "i").replace('\u03C2', '\u03C3');
    StringBuilder loose = new StringBuilder(lower.length());
    for (char c : lower.toCharArray()) {
      int at = MIXED_UP.indexOf(c);
      loose.append(at < 0 ? c : MEANT.charAt(at));
    }
    return NUMBER.matcher(loose).matches()
        ? new BigDecimal(loose.toString()).stripTrailingZeros().toPlainString()
        : loose.toString();
  }
}
