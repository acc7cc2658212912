package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Operations.Comparator;
import io.superneurons.text.jinja.Token.Kind;
import io.superneurons.text.python.operators.Arithmetic.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads expressions with the precedence that Jinja2 gives operators. */
final class ExpressionParser {
  private final TokenStream stream;
  private final OperandParser operands;

  /**
   * @param namesRead takes every name that is read
   */
  ExpressionParser(TokenStream stream, Consumer<String> namesRead) {
    this.stream = stream;
    this.operands = new OperandParser(stream, namesRead, this::expression, () -> tuple(true));
  }

  /** Reads what stands between operators. */
  OperandParser operands() {
    return operands;
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
      value = operands.primary();
    }
    value = operands.postfix(value);
    stream.leave();
    return withFilter ? operands.filtersAndTests(value) : value;
  }
}
