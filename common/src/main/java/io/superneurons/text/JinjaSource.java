package io.superneurons.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies Jinja2's rules for white space to a template's source, with trim_blocks and lstrip_blocks
 * as Hugging Face sets them, and drops its comments. What comes out has no white-space control
 * left, because Jinjava's own differs in details (after expressions, comments and nested blocks)
 * and each of them would change the ids.
 *
 * <p>Lines that are cut from the text are added inside the next tag, where they mean nothing, so
 * that errors still name the right line.
 */
final class JinjaSource {
  private static final Pattern NEWLINES = Pattern.compile("\r\n|\r");
  private static final Pattern TAG = Pattern.compile("\\{[{%#]");
  private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*-?%}.*", Pattern.DOTALL);

  /** Brackets within brackets; the parser of expressions calls itself at each. */
  private static final int MAX_DEPTH = 100;

  private final String source;
  private final StringBuilder result = new StringBuilder();

  /** Lines cut since the last tag. */
  private int cutLines;

  /** Whether the text that follows begins a line. */
  private boolean lineStart = true;

  private JinjaSource(String source) {
    this.source = source;
  }

  /**
   * The source for Jinjava.
   *
   * @throws TemplateException if a tag is not closed
   */
  static String prepare(String source) {
    String lines = NEWLINES.matcher(source).replaceAll("\n");
    // as Jinja2's keep_trailing_newline = False
    String kept = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    return new JinjaSource(kept).convert();
  }

  private String convert() {
    int position = 0;
    Matcher tags = TAG.matcher(source);
    while (tags.find(position)) {
      text(position, tags.start());
      position = tag(tags.start());
    }
    result.append(source, position, source.length());
    return result.toString();
  }

  /** Copies text up to a tag, without the white space that the tag takes from it. */
  private void text(int from, int tagStart) {
    int end = tagStart;
    char sign = charAt(tagStart + 2);
    if (sign == '-') {
      while (end > from && PythonStrings.isSpace(source.charAt(end - 1))) {
        end--;
      }
    } else if (sign != '+' && source.charAt(tagStart + 1) != '{') {
      end = withoutIndent(from, tagStart);
    }
    result.append(source, from, end);
    cutLines += lines(end, tagStart);
  }

  private int withoutIndent(int from, int tagStart) {
    int lineBegin = Math.max(from, source.lastIndexOf('\n', tagStart - 1) + 1);
    boolean beginsLine = lineBegin > from || lineStart;
    boolean blank = source.substring(lineBegin, tagStart).isBlank();
    return beginsLine && blank ? lineBegin : tagStart;
  }

  /** Copies the tag that begins there and returns where the text after it begins. */
  private int tag(int start) {
    char kind = source.charAt(start + 1);
    if (kind == '%' && RAW.matcher(source).region(start, source.length()).lookingAt()) {
      throw new TemplateException("The chat template uses {% raw %}, which is not supported");
    }
    String close = kind == '#' ? "#}" : kind == '%' ? "%}" : "}}";
    int end = kind == '#' ? source.indexOf(close, start + 2) : closing(start + 2, close);
    if (end < 0) {
      throw new TemplateException(
          String.format(
              Locale.ROOT,
              "The chat template's tag in line %d is not closed",
              1 + lines(0, start)));
    }
    int after = end + close.length();
    String body = source.substring(start + 2, end);
    boolean trims = body.endsWith("-");
    int next = trims ? spaceEnd(after) : after;
    if (!trims && kind != '{' && !body.endsWith("+") && charAt(after) == '\n') {
      next = after + 1;
    }
    if (kind == '#') {
      cutLines += lines(start, after);
    } else {
      emit(kind, body, close);
    }
    cutLines += lines(after, next);
    lineStart = source.charAt(next - 1) == '\n';
    return next;
  }

  private void emit(char kind, String body, String close) {
    int from = body.startsWith("-") || body.startsWith("+") ? 1 : 0;
    boolean signed = body.endsWith("-") || kind == '%' && body.endsWith("+");
    int to = Math.max(from, body.length() - (signed ? 1 : 0));
    result.append('{').append(kind).append(' ');
    result.append(JinjaExpression.translate(body.substring(from, to)));
    result.append(" ").append("\n".repeat(cutLines)).append(close);
    cutLines = 0;
  }

  /** Where the tag's end is: outside of strings and brackets; -1 if nowhere. */
  private int closing(int from, String close) {
    int depth = 0;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\'' || c == '"') {
        i = JinjaExpression.stringEnd(source, i);
      } else if (depth == 0 && source.startsWith(close, i)) {
        return i;
      } else if ("([{".indexOf(c) >= 0) {
        if (++depth > MAX_DEPTH) {
          throw new TemplateException(
              String.format(
                  Locale.ROOT,
                  "The chat template has more than %d brackets within each other",
                  MAX_DEPTH));
        }
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
    }
    return -1;
  }

  private int spaceEnd(int from) {
    int i = from;
    while (i < source.length() && PythonStrings.isSpace(source.charAt(i))) {
      i++;
    }
    return i;
  }

  private int lines(int from, int to) {
    return (int) source.substring(from, to).chars().filter(c -> c == '\n').count();
  }

  /** The character there, NUL past the end. */
  private char charAt(int index) {
    return index < source.length() ? source.charAt(index) : '\0';
  }
}
