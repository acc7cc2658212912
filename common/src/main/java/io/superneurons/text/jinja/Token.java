package io.superneurons.text.jinja;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param value a name, or the value of a literal, or a text outside of tags; null for others
 * @param line where it begins, from 1
 */
record Token(Kind kind, Object value, int line) {

  /** Kinds with their sign. */
  enum Kind {
    DATA("text"),
    VARIABLE_BEGIN("{{"),
    VARIABLE_END("}}"),
    BLOCK_BEGIN("{%"),
    BLOCK_END("%}"),
    NAME("a name"),
    STRING("a string"),
    INTEGER("an integer"),
    FLOAT("a float"),
    END("the end of the template"),
    FLOOR_DIVIDE("//"),
    POWER("**"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    AT_LEAST(">="),
    AT_MOST("<="),
    ADD("+"),
    SUBTRACT("-"),
    DIVIDE("/"),
    MULTIPLY("*"),
    REMAINDER("%"),
    TILDE("~"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    LEFT_PARENTHESIS("("),
    RIGHT_PARENTHESIS(")"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    GREATER(">"),
    LESS("<"),
    ASSIGN("="),
    DOT("."),
    COLON(":"),
    PIPE("|"),
    COMMA(","),
    SEMICOLON(";");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    /** Whether it is an operator or a bracket. */
    boolean isOperator() {
      return compareTo(END) > 0;
    }
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isName(String name) {
    return kind == Kind.NAME && name.equals(value);
  }

  @Override
  public String toString() {
    return kind == Kind.NAME ? "'" + value + "'" : kind.sign();
  }
}
