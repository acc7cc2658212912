package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Token.Kind;
import io.superneurons.text.python.Text;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Arithmetic;
import io.superneurons.text.python.operators.Comparison;
import io.superneurons.text.python.operators.Comparison.Order;
import io.superneurons.text.python.operators.Repr;
import java.util.ArrayList;
import java.util.List;

/** Expressions that are made of others by operators. */
final class Operations {
  private Operations() {}

  /** {@code left + right} and the like. */
  record Binary(Arithmetic.Operator operator, Expression left, Expression right)
      implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object first = rendering.value(left, scope);
      return Arithmetic.apply(rendering.work(), operator, first, rendering.value(right, scope));
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** {@code -operand}, or {@code +operand} if the sign is 1. */
  record Signed(int sign, Expression operand) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return Arithmetic.signed(rendering.value(operand, scope), sign);
    }

    @Override
    public List<Expression> parts() {
      return List.of(operand);
    }
  }

  /** {@code not operand}. */
  record Not(Expression operand) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return !rendering.isTrue(operand, scope);
    }

    @Override
    public List<Expression> parts() {
      return List.of(operand);
    }
  }

  /** {@code left and right}: the one of them that decides. */
  record And(Expression left, Expression right) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object first = rendering.value(left, scope);
      return Types.isTrue(first) ? rendering.value(right, scope) : first;
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** {@code left or right}: the one of them that decides. */
  record Or(Expression left, Expression right) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object first = rendering.value(left, scope);
      return Types.isTrue(first) ? first : rendering.value(right, scope);
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** {@code a ~ b ~ c}. */
  record Concatenation(List<Expression> parts) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      List<String> texts = new ArrayList<>();
      for (Expression part : parts) {
        texts.add(Repr.str(rendering.work(), rendering.value(part, scope)));
      }
      return Text.join(rendering.work(), "", texts);
    }
  }

  /** Operators of comparisons. */
  enum Comparator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    IN,
    NOT_IN;

    /** The operator of a token; null if it is none. */
    static Comparator of(Kind kind) {
      return switch (kind) {
        case EQUAL -> EQUAL;
        case NOT_EQUAL -> NOT_EQUAL;
        case LESS -> LESS;
        case AT_MOST -> AT_MOST;
        case GREATER -> GREATER;
        case AT_LEAST -> AT_LEAST;
        default -> null;
      };
    }

    boolean holds(Work work, Object left, Object right) {
      return switch (this) {
        case EQUAL -> Comparison.equal(work, left, right);
        case NOT_EQUAL -> !Comparison.equal(work, left, right);
        case LESS -> Comparison.ordered(work, Order.LESS, left, right);
        case AT_MOST -> Comparison.ordered(work, Order.AT_MOST, left, right);
        case GREATER -> Comparison.ordered(work, Order.GREATER, left, right);
        case AT_LEAST -> Comparison.ordered(work, Order.AT_LEAST, left, right);
        case IN -> Comparison.contains(work, right, left);
        case NOT_IN -> !Comparison.contains(work, right, left);
      };
    }
  }

  /** One comparison of a chain, with what stands left of it. */
  record Step(Comparator comparator, Expression operand) {}

  /** {@code a < b <= c}. */
  record Chain(Expression first, List<Step> steps) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object left = rendering.value(first, scope);
      for (Step step : steps) {
        Object right = rendering.value(step.operand, scope);
        if (!step.comparator.holds(rendering.work(), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }

    @Override
    public List<Expression> parts() {
      List<Expression> parts = new ArrayList<>(List.of(first));
      steps.forEach(step -> parts.add(step.operand));
      return parts;
    }
  }

  /** {@code then if test else otherwise}; undefined without an else. */
  record Conditional(Expression test, Expression then, Expression otherwise) implements Expression {
    /** What stands for an else that is not there. */
    static final Expression NOTHING =
        new Expression.Constant(
            new Undefined("an inline if was false and has no else, and its value is used"));

    @Override
    public Object value(Rendering rendering, Scope scope) {
      return rendering.value(rendering.isTrue(test, scope) ? then : otherwise, scope);
    }

    @Override
    public List<Expression> parts() {
      return List.of(test, then, otherwise);
    }
  }
}
