package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Token.Kind;
import io.superneurons.text.python.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a template into tokens as Jinja2's lexer does with {@code trim_blocks} and {@code
 * lstrip_blocks}.
 */
final class Lexer {
  private static final List<Kind> OPERATORS =
      Arrays.stream(Kind.values()).filter(Kind::isOperator).toList();

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private int counted;

  private Lexer(String source) {
    this.source = source;
  }

  /**
   * All tokens; the last is the end.
   *
   * @throws JinjaException if a tag is not closed or has what no expression has
   */
  static List<Token> tokens(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    // as Jinja2 without keep_trailing_newline
    String kept = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    Lexer lexer = new Lexer(kept);
    lexer.template();
    return lexer.tokens;
  }

  private void template() {
    int tag = nextTag();
    while (tag >= 0) {
      int rawBody = rawBody(tag);
      data(tag, source.charAt(tag + 1) == '{');
      position = tag;
      if (rawBody >= 0) {
        raw(rawBody);
      } else if (source.charAt(tag + 1) == '#') {
        comment();
      } else {
        tag(source.charAt(tag + 1) == '%');
      }
      tag = nextTag();
    }
    add(Kind.DATA, source.substring(position));
    position = source.length();
    add(Kind.END, null);
  }

  private int nextTag() {
    int brace = source.indexOf('{', position);
    while (brace >= 0 && (brace + 1 == source.length() || !isTag(source.charAt(brace + 1)))) {
      brace = source.indexOf('{', brace + 1);
    }
    return brace;
  }

  private static boolean isTag(char second) {
    return second == '{' || second == '%' || second == '#';
  }

  private void add(Kind kind, Object value) {
    if (kind != Kind.DATA || !((String) value).isEmpty()) {
      tokens.add(new Token(kind, value, line()));
    }
  }

  private int line() {
    for (; counted < position; counted++) {
      line += source.charAt(counted) == '\n' ? 1 : 0;
    }
    return line;
  }

  private JinjaException error(String message) {
    return new JinjaException(line(), message);
  }

  private char at(int index) {
    return index < source.length() ? source.charAt(index) : 0;
  }

  private boolean isSign(int index) {
    return at(index) == '-' || at(index) == '+';
  }

  private int spaceEnd(int from) {
    int i = from;
    while (i < source.length() && Text.isSpace(source.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Adds the text before a tag, without the space that the tag takes from it. */
  private void data(int tag, boolean variable) {
    String text = source.substring(position, tag);
    char sign = at(tag + 2);
    if (sign == '-') {
      int end = text.length();
      while (end > 0 && Text.isSpace(text.charAt(end - 1))) {
        end--;
      }
      text = text.substring(0, end);
    } else if (sign != '+' && !variable) {
      text = withoutIndent(text);
    }
    add(Kind.DATA, text);
  }

  private String withoutIndent(String text) {
    int lineBegin = text.lastIndexOf('\n') + 1;
    boolean beginsLine = lineBegin > 0 || position == 0 || at(position - 1) == '\n';
    boolean blank = text.substring(lineBegin).chars().allMatch(Text::isSpace);
    return beginsLine && blank ? text.substring(0, lineBegin) : text;
  }

  /** Where the text after {@code raw} begins, if that is what the tag is; else -1. */
  private int rawBody(int tag) {
    return at(tag + 1) == '%' ? namedTagEnd(tag, "raw", false) : -1;
  }

  private int namedTagEnd(int tag, String name, boolean trims) {
    int word = spaceEnd(isSign(tag + 2) ? tag + 3 : tag + 2);
    if (!source.startsWith(name, word)) {
      return -1;
    }
    int end = spaceEnd(word + name.length());
    if (source.startsWith("-%}", end)) {
      return spaceEnd(end + 3);
    } else if (trims && source.startsWith("+%}", end)) {
      return end + 3;
    } else if (!source.startsWith("%}", end)) {
      return -1;
    }
    return trims && at(end + 2) == '\n' ? end + 3 : end + 2;
  }

  private void raw(int body) {
    line();
    position = body;
    int tag = source.indexOf("{%", body);
    while (tag >= 0 && namedTagEnd(tag, "endraw", true) < 0) {
      tag = source.indexOf("{%", tag + 1);
    }
    if (tag < 0) {
      throw error("raw is not closed");
    }
    data(tag, false);
    position = namedTagEnd(tag, "endraw", true);
  }

  private void comment() {
    int body = isSign(position + 2) ? position + 3 : position + 2;
    int end = source.indexOf("#}", body);
    if (end < 0) {
      throw error("a comment is not closed");
    }
    char sign = end > body ? at(end - 1) : 0;
    position = afterEnd(sign, end + 2, true);
  }

  /** Where the text after a tag's end begins. */
  private int afterEnd(char sign, int end, boolean trims) {
    if (sign == '-') {
      return spaceEnd(end);
    }
    return trims && sign != '+' && at(end) == '\n' ? end + 1 : end;
  }

  private void tag(boolean block) {
    int begin = line();
    add(block ? Kind.BLOCK_BEGIN : Kind.VARIABLE_BEGIN, null);
    position += isSign(position + 2) ? 3 : 2;
    String close = block ? "%}" : "}}";
    Deque<Kind> open = new ArrayDeque<>();
    while (!open.isEmpty() || endLength(block, close) == 0) {
      position = spaceEnd(position);
      if (position == source.length()) {
        throw new JinjaException(begin, "a tag is not closed");
      } else if (open.isEmpty() && endLength(block, close) > 0) {
        break;
      }
      next(open);
    }
    char sign = endLength(block, close) == 3 ? at(position) : 0;
    int end = position + endLength(block, close);
    add(block ? Kind.BLOCK_END : Kind.VARIABLE_END, null);
    position = afterEnd(sign, end, block);
  }

  /** How long the tag's end is that stands here; 0 if none does. */
  private int endLength(boolean block, String close) {
    if (source.startsWith(close, position)) {
      return 2;
    }
    boolean signed = at(position) == '-' || block && at(position) == '+';
    return signed && source.startsWith(close, position + 1) ? 3 : 0;
  }

  private void next(Deque<Kind> open) {
    char c = at(position);
    if (isDigit(c)) {
      Literals.Found number = Literals.number(source, position, line());
      tokens.add(number.token());
      position = number.end();
    } else if (isLetter(c)) {
      int end = position;
      while (isLetter(at(end)) || isDigit(at(end))) {
        end++;
      }
      add(Kind.NAME, source.substring(position, end));
      position = end;
    } else if (c == '\'' || c == '"') {
      Literals.Found string = Literals.string(source, position, line());
      tokens.add(string.token());
      position = string.end();
    } else {
      operator(open);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private void operator(Deque<Kind> open) {
    Optional<Kind> found =
        OPERATORS.stream().filter(kind -> source.startsWith(kind.sign(), position)).findFirst();
    if (found.isEmpty()) {
      throw error("'" + Character.toString(source.codePointAt(position)) + "' is not expected");
    }
    Kind kind = found.get();
    switch (kind) {
      case LEFT_BRACE -> open.push(Kind.RIGHT_BRACE);
      case LEFT_BRACKET -> open.push(Kind.RIGHT_BRACKET);
      case LEFT_PARENTHESIS -> open.push(Kind.RIGHT_PARENTHESIS);
      case RIGHT_BRACE, RIGHT_BRACKET, RIGHT_PARENTHESIS -> {
        if (open.isEmpty() || open.pop() != kind) {
          throw error("'" + kind.sign() + "' closes nothing");
        }
      }
      default -> {}
    }
    add(kind, null);
    position += kind.sign().length();
  }
}
