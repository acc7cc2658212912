package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Access.Given;
import io.superneurons.text.jinja.Token.Kind;
import io.superneurons.text.jinja.filter.Filters;
import io.superneurons.text.jinja.filter.Tests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads what stands between operators: names, literals, brackets, and what follows them (members,
 * subscripts, calls, filters, tests).
 */
final class OperandParser {
  private static final Expression NONE = new Expression.Constant(null);

  private final TokenStream stream;
  private final Consumer<String> namesRead;
  private final Supplier<Expression> expression;
  private final Supplier<Expression> tuple;

  /**
   * @param namesRead takes every name that is read
   * @param expression reads an expression within an operand
   * @param tuple reads an expression, or a tuple of several without brackets of its own
   */
  OperandParser(
      TokenStream stream,
      Consumer<String> namesRead,
      Supplier<Expression> expression,
      Supplier<Expression> tuple) {
    this.stream = stream;
    this.namesRead = namesRead;
    this.expression = expression;
    this.tuple = tuple;
  }

  /** A name, a literal, or something in brackets. */
  Expression primary() {
    Token token = stream.next();
    switch (token.kind()) {
      case NAME -> {
        return named((String) token.value(), token.line());
      }
      case STRING -> {
        StringBuilder text = new StringBuilder((String) token.value());
        while (stream.is(Kind.STRING)) {
          text.append(stream.next().value());
        }
        return new Expression.Constant(text.toString());
      }
      case INTEGER, FLOAT -> {
        return new Expression.Constant(token.value());
      }
      case LEFT_PARENTHESIS -> {
        Expression inner =
            stream.is(Kind.RIGHT_PARENTHESIS) ? new Access.TupleOf(List.of()) : tuple.get();
        stream.expect(Kind.RIGHT_PARENTHESIS);
        return inner;
      }
      case LEFT_BRACKET -> {
        return list();
      }
      case LEFT_BRACE -> {
        return dict();
      }
      default -> throw new JinjaException(token.line(), token + " is not expected");
    }
  }

  private Expression named(String name, int line) {
    switch (name) {
      case "true", "True" -> {
        return new Expression.Constant(true);
      }
      case "false", "False" -> {
        return new Expression.Constant(false);
      }
      case "none", "None" -> {
        return NONE;
      }
      case "self" -> throw new JinjaException(line, "self is not supported");
      default -> {
        namesRead.accept(name);
        return new Expression.Name(name);
      }
    }
  }

  private Expression list() {
    List<Expression> items = new ArrayList<>();
    while (!stream.is(Kind.RIGHT_BRACKET)) {
      items.add(expression.get());
      if (!stream.skipIf(Kind.COMMA)) {
        break;
      }
    }
    stream.expect(Kind.RIGHT_BRACKET);
    return new Access.ListOf(items);
  }

  private Expression dict() {
    List<Expression> items = new ArrayList<>();
    while (!stream.is(Kind.RIGHT_BRACE)) {
      items.add(expression.get());
      stream.expect(Kind.COLON);
      items.add(expression.get());
      if (!stream.skipIf(Kind.COMMA)) {
        break;
      }
    }
    stream.expect(Kind.RIGHT_BRACE);
    return new Access.DictOf(items);
  }

  /** What members, subscripts and calls after an operand make of it. */
  Expression postfix(Expression start) {
    Expression value = start;
    while (true) {
      if (stream.skipIf(Kind.DOT)) {
        value = member(value);
      } else if (stream.skipIf(Kind.LEFT_BRACKET)) {
        value = subscript(value);
      } else if (stream.is(Kind.LEFT_PARENTHESIS)) {
        value = new Access.Call(value, given());
      } else {
        return value;
      }
    }
  }

  private Expression member(Expression owner) {
    if (stream.is(Kind.INTEGER)) {
      return new Access.ItemOf(owner, new Expression.Constant(stream.next().value()));
    }
    return new Access.AttributeOf(owner, stream.name());
  }

  private Expression subscript(Expression owner) {
    Optional<Expression> start =
        stream.is(Kind.COLON) ? Optional.empty() : Optional.of(expression.get());
    if (start.isPresent() && !stream.is(Kind.COLON)) {
      return new Access.ItemOf(owner, key(start.get()));
    }
    stream.expect(Kind.COLON);
    Expression stop = bound();
    Expression step = stream.skipIf(Kind.COLON) ? bound() : NONE;
    stream.expect(Kind.RIGHT_BRACKET);
    return new Access.SliceOf(owner, start.orElse(NONE), stop, step);
  }

  private Expression key(Expression first) {
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (stream.skipIf(Kind.COMMA)) {
      parts.add(expression.get());
    }
    stream.expect(Kind.RIGHT_BRACKET);
    return parts.size() == 1 ? first : new Access.TupleOf(parts);
  }

  private Expression bound() {
    return stream.is(Kind.COLON) || stream.is(Kind.RIGHT_BRACKET) ? NONE : expression.get();
  }

  /** Arguments in parentheses. */
  Given given() {
    stream.expect(Kind.LEFT_PARENTHESIS);
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Optional<Expression> spread = Optional.empty();
    Optional<Expression> spreadNamed = Optional.empty();
    while (!stream.is(Kind.RIGHT_PARENTHESIS)) {
      int line = stream.line();
      if (stream.is(Kind.MULTIPLY) && spread.isEmpty() && spreadNamed.isEmpty()) {
        stream.next();
        spread = Optional.of(expression.get());
      } else if (stream.is(Kind.POWER) && spreadNamed.isEmpty()) {
        stream.next();
        spreadNamed = Optional.of(expression.get());
      } else if (stream.is(Kind.NAME) && stream.look().is(Kind.ASSIGN) && spreadNamed.isEmpty()) {
        String name = stream.name();
        stream.next();
        if (named.put(name, expression.get()) != null) {
          throw new JinjaException(line, "the argument '" + name + "' is given twice");
        }
      } else if (spread.isEmpty() && spreadNamed.isEmpty() && named.isEmpty()) {
        positional.add(expression.get());
      } else {
        throw stream.error("arguments are in the wrong order");
      }
      if (!stream.skipIf(Kind.COMMA)) {
        break;
      }
    }
    stream.expect(Kind.RIGHT_PARENTHESIS);
    return new Given(positional, named, spread, spreadNamed);
  }

  /** What filters, tests and calls after an operand make of it. */
  Expression filtersAndTests(Expression start) {
    Expression value = start;
    while (true) {
      if (stream.is(Kind.PIPE)) {
        value = filters(value);
      } else if (stream.skipIfName("is")) {
        value = test(value);
      } else if (stream.is(Kind.LEFT_PARENTHESIS)) {
        value = new Access.Call(value, given());
      } else {
        return value;
      }
    }
  }

  /** The filters that follow, each after a bar. */
  Expression filters(Expression start) {
    Expression value = start;
    while (stream.skipIf(Kind.PIPE)) {
      value = filter(value);
    }
    return value;
  }

  /** The filter whose name stands here. */
  Expression filter(Expression operand) {
    int line = stream.line();
    String name = dottedName();
    Given given = stream.is(Kind.LEFT_PARENTHESIS) ? given() : Given.NONE;
    return new Access.Filtered(
        operand,
        Filters.named(name).orElseThrow(() -> new JinjaException(line, Filters.missing(name))),
        given);
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(stream.name());
    while (stream.skipIf(Kind.DOT)) {
      name.append('.').append(stream.name());
    }
    return name.toString();
  }

  private Expression test(Expression operand) {
    boolean negated = stream.skipIfName("not");
    int line = stream.line();
    String name = dottedName();
    Expression tested =
        new Access.Tested(
            operand,
            Tests.named(name).orElseThrow(() -> new JinjaException(line, Tests.missing(name))),
            testArguments());
    return negated ? new Operations.Not(tested) : tested;
  }

  private Given testArguments() {
    if (stream.is(Kind.LEFT_PARENTHESIS)) {
      return given();
    }
    boolean follows =
        switch (stream.current().kind()) {
          case NAME -> !Set.of("else", "or", "and").contains(stream.current().value());
          case STRING, INTEGER, FLOAT, LEFT_BRACKET, LEFT_BRACE -> true;
          default -> false;
        };
    if (!follows) {
      return Given.NONE;
    } else if (stream.isName("is")) {
      throw stream.error("tests cannot follow each other with 'is'");
    }
    Expression argument = postfix(primary());
    return new Given(List.of(argument), Map.of(), Optional.empty(), Optional.empty());
  }
}
