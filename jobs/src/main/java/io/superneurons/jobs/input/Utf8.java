package io.superneurons.jobs.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads text of which some may be no UTF-8, and tells which: two labels in Latin-1 must not become
 * one. What cannot be decoded becomes half of a character, which no text that can be has.
 */
public final class Utf8 {
  private static final String UNDECODED = "\uDC00";

  private Utf8() {}

  public static String decode(byte[] bytes) {
    try {
      return decoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("Undecoded bytes are replaced", e);
    }
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .replaceWith(UNDECODED);
  }

  /** Whether every character of a text is a whole one. */
  public static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * What is wrong with text that is not whole.
   *
   * @param what the text is, such as {@code The line}
   */
  static String problem(String what, String text) {
    return text.indexOf('\0') >= 0
        ? what + " is not UTF-8; it looks like UTF-16 or UTF-32: save the file as UTF-8"
        : what + " is not UTF-8: save the file as UTF-8";
  }
}
