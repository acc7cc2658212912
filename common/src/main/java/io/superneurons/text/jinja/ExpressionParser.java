package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Access.Given;
import io.superneurons.text.jinja.Operations.Comparator;
import io.superneurons.text.jinja.Token.Kind;
import io.superneurons.text.jinja.filter.Filters;
import io.superneurons.text.jinja.filter.Tests;
import io.superneurons.text.python.operators.Arithmetic.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads expressions with the precedence that Jinja2 gives operators. */
final class ExpressionParser {
  private static final Expression NONE = new Expression.Constant(null);

  private final TokenStream stream;

  /** Takes every name that is read. */
  private final Consumer<String> namesRead;

  ExpressionParser(TokenStream stream, Consumer<String> namesRead) {
    this.stream = stream;
    this.namesRead = namesRead;
  }

  /** An expression, or a tuple of several without brackets. */
  Expression tuple(boolean withConditional) {
    Expression first = withConditional ? expression() : or();
    if (!stream.is(Kind.COMMA)) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    while (stream.skipIf(Kind.COMMA) && !endsTuple()) {
      parts.add(withConditional ? expression() : or());
    }
    return new Access.TupleOf(parts);
  }

  private boolean endsTuple() {
    return stream.is(Kind.VARIABLE_END)
        || stream.is(Kind.BLOCK_END)
        || stream.is(Kind.RIGHT_PARENTHESIS);
  }

  Expression expression() {
    stream.enter();
    Expression value = or();
    while (stream.skipIfName("if")) {
      Expression test = or();
      Expression otherwise =
          stream.skipIfName("else") ? expression() : Operations.Conditional.NOTHING;
      value = new Operations.Conditional(test, value, otherwise);
    }
    stream.leave();
    return value;
  }

  private Expression or() {
    Expression left = and();
    while (stream.skipIfName("or")) {
      left = new Operations.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (stream.skipIfName("and")) {
      left = new Operations.And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (!stream.skipIfName("not")) {
      return comparison();
    }
    stream.enter();
    Expression operand = not();
    stream.leave();
    return new Operations.Not(operand);
  }

  private Expression comparison() {
    Expression first = sum();
    List<Operations.Step> steps = new ArrayList<>();
    for (Comparator next = comparator(); next != null; next = comparator()) {
      steps.add(new Operations.Step(next, sum()));
    }
    return steps.isEmpty() ? first : new Operations.Chain(first, steps);
  }

  private Comparator comparator() {
    if (stream.skipIfName("in")) {
      return Comparator.IN;
    } else if (stream.isName("not") && stream.look().isName("in")) {
      stream.next();
      stream.next();
      return Comparator.NOT_IN;
    }
    Comparator found = Comparator.of(stream.current().kind());
    if (found != null) {
      stream.next();
    }
    return found;
  }

  private Expression sum() {
    Expression left = concatenation();
    while (stream.is(Kind.ADD) || stream.is(Kind.SUBTRACT)) {
      Operator operator = stream.next().is(Kind.ADD) ? Operator.ADD : Operator.SUBTRACT;
      left = new Operations.Binary(operator, left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (stream.skipIf(Kind.TILDE)) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Operations.Concatenation(parts);
  }

  private Expression product() {
    Expression left = power();
    for (Optional<Operator> next = productOperator(); next.isPresent(); next = productOperator()) {
      stream.next();
      left = new Operations.Binary(next.get(), left, power());
    }
    return left;
  }

  private Optional<Operator> productOperator() {
    return switch (stream.current().kind()) {
      case MULTIPLY -> Optional.of(Operator.MULTIPLY);
      case DIVIDE -> Optional.of(Operator.DIVIDE);
      case FLOOR_DIVIDE -> Optional.of(Operator.FLOOR_DIVIDE);
      case REMAINDER -> Optional.of(Operator.REMAINDER);
      default -> Optional.empty();
    };
  }

  private Expression power() {
    Expression left = unary(true);
    while (stream.skipIf(Kind.POWER)) {
      left = new Operations.Binary(Operator.POWER, left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilter) {
    stream.enter();
    Expression value;
    if (stream.skipIf(Kind.SUBTRACT)) {
      value = new Operations.Signed(-1, unary(false));
    } else if (stream.skipIf(Kind.ADD)) {
      value = new Operations.Signed(1, unary(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    stream.leave();
    return withFilter ? filtersAndTests(value) : value;
  }

  private Expression primary() {
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
            stream.is(Kind.RIGHT_PARENTHESIS) ? new Access.TupleOf(List.of()) : tuple(true);
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
      items.add(expression());
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
      items.add(expression());
      stream.expect(Kind.COLON);
      items.add(expression());
      if (!stream.skipIf(Kind.COMMA)) {
        break;
      }
    }
    stream.expect(Kind.RIGHT_BRACE);
    return new Access.DictOf(items);
  }

  private Expression postfix(Expression start) {
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
        stream.is(Kind.COLON) ? Optional.empty() : Optional.of(expression());
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
      parts.add(expression());
    }
    stream.expect(Kind.RIGHT_BRACKET);
    return parts.size() == 1 ? first : new Access.TupleOf(parts);
  }

  private Expression bound() {
    return stream.is(Kind.COLON) || stream.is(Kind.RIGHT_BRACKET) ? NONE : expression();
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
        spread = Optional.of(expression());
      } else if (stream.is(Kind.POWER) && spreadNamed.isEmpty()) {
        stream.next();
        spreadNamed = Optional.of(expression());
      } else if (stream.is(Kind.NAME) && stream.look().is(Kind.ASSIGN) && spreadNamed.isEmpty()) {
        String name = stream.name();
        stream.next();
        if (named.put(name, expression()) != null) {
          throw new JinjaException(line, "the argument '" + name + "' is given twice");
        }
      } else if (spread.isEmpty() && spreadNamed.isEmpty() && named.isEmpty()) {
        positional.add(expression());
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

  private Expression filtersAndTests(Expression start) {
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
