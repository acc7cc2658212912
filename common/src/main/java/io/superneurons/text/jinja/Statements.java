package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Rendering.Captured;
import io.superneurons.text.jinja.Statement.Flow;
import java.util.List;
import java.util.Optional;

/** Statements but loops and macros. */
final class Statements {
  private Statements() {}

  /** {@code {{ value }}}, or text. */
  record Print(int line, Expression value) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      rendering.print(rendering.value(value, scope));
      return Flow.ON;
    }

    @Override
    public void names(Frames.Frame frame) {
      frame.reads(value);
    }
  }

  /** A body that runs if a test holds. */
  record Branch(Expression test, Body body) {}

  /** {@code if}, {@code elif}, {@code else}; all in the scope around them. */
  record If(int line, List<Branch> branches, Body otherwise) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      for (Branch branch : branches) {
        if (rendering.isTrue(branch.test, scope)) {
          return rendering.run(branch.body, scope);
        }
      }
      return rendering.run(otherwise, scope);
    }

    @Override
    public void names(Frames.Frame frame) {
      for (Branch branch : branches) {
        frame.reads(branch.test);
        frame.maybe(branch.body);
      }
      frame.maybe(otherwise);
    }
  }

  /** {@code {% set target = value %}}. */
  record Set(int line, Target target, Expression value) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      target.set(rendering, scope, rendering.value(value, scope));
      return Flow.ON;
    }

    @Override
    public void names(Frames.Frame frame) {
      frame.reads(value);
      target.sets(frame);
    }
  }

  /** {@code {% set target %}body{% endset %}}, or with a filter. */
  record SetBlock(int line, Target target, Optional<Pipe> pipe, Body body) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      Scope inner = rendering.scope(scope, body);
      Captured captured = rendering.capture(() -> rendering.run(body, inner));
      if (captured.flow() == Flow.ON) {
        target.set(rendering, scope, piped(pipe, rendering, inner, captured.text()));
      }
      inner.clear();
      return captured.flow();
    }

    @Override
    public void names(Frames.Frame frame) {
      target.sets(frame);
      frame.opens(body, inner -> pipe.ifPresent(p -> inner.reads(p.chain)));
    }
  }

  /** {@code {% filter chain %}body{% endfilter %}}. */
  record FilterBlock(int line, Pipe pipe, Body body) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      Scope inner = rendering.scope(scope, body);
      Captured captured = rendering.capture(() -> rendering.run(body, inner));
      if (captured.flow() == Flow.ON) {
        rendering.print(piped(Optional.of(pipe), rendering, inner, captured.text()));
      }
      inner.clear();
      return captured.flow();
    }

    @Override
    public void names(Frames.Frame frame) {
      frame.reads(pipe.chain);
      frame.opens(body, inner -> inner.reads(pipe.chain));
    }
  }

  /** Filters of what a body prints: their operand is the variable {@link #TEXT}. */
  record Pipe(Expression chain) {
    /** A name that no template can have. */
    static final String TEXT = " text";
  }

  private static Object piped(Optional<Pipe> pipe, Rendering rendering, Scope inner, String text) {
    if (pipe.isEmpty()) {
      return text;
    }
    inner.set(Pipe.TEXT, text);
    return rendering.value(pipe.get().chain, inner);
  }

  /** {@code {% with a = 1 %}body{% endwith %}}. */
  record With(int line, List<Target> targets, List<Expression> values, Body body)
      implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      Scope inner = rendering.scope(scope, body);
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).set(rendering, inner, rendering.value(values.get(i), scope));
      }
      Flow flow = rendering.run(body, inner);
      inner.clear();
      return flow;
    }

    @Override
    public void names(Frames.Frame frame) {
      values.forEach(frame::reads);
      frame.opens(body, inner -> targets.forEach(target -> target.begins(inner)));
    }
  }

  /** {@code break} or {@code continue}. */
  record Leave(int line, Flow flow) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      return flow;
    }

    @Override
    public void names(Frames.Frame frame) {
      // it has none
    }
  }
}
