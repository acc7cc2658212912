package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Statement.Flow;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Repr;
import java.util.Map;

/** One rendering of a template: its variables, what it printed and what it may still do. */
final class Rendering {
  private final Work work = new Work();
  private final Map<String, Object> variables;
  private final Map<String, Object> globals = Globals.of(work);
  private final Frames frames;
  private StringBuilder output = new StringBuilder();

  Rendering(Map<String, Object> variables, Frames frames) {
    this.variables = variables;
    this.frames = frames;
  }

  Work work() {
    return work;
  }

  /** The value of an expression, counted. */
  Object value(Expression expression, Scope scope) {
    work.enter();
    Object value = expression.value(this, scope);
    work.leave();
    return value;
  }

  boolean isTrue(Expression expression, Scope scope) {
    return Types.isTrue(value(expression, scope));
  }

  /** The value of a variable where it is used. */
  Object variable(Scope from, String name) {
    for (Scope scope = from; scope != null; scope = scope.outer()) {
      if (scope.has(name)) {
        return scope.get(name);
      } else if (scope.hides(name)) {
        return Undefined.name(name);
      }
    }
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    return globals.containsKey(name) ? globals.get(name) : Undefined.name(name);
  }

  /** A scope for a body. */
  Scope scope(Scope outer, Body body) {
    return new Scope(outer, frames.hidden(body));
  }

  /** Runs statements up to one that leaves the loop or its round. */
  Flow run(Body body, Scope scope) {
    work.enter();
    Flow flow = Flow.ON;
    for (Statement statement : body.statements()) {
      flow = run(statement, scope);
      if (flow != Flow.ON) {
        break;
      }
    }
    work.leave();
    return flow;
  }

  private Flow run(Statement statement, Scope scope) {
    try {
      return statement.run(this, scope);
    } catch (PythonException e) {
      throw new JinjaException(statement.line(), e.getMessage());
    }
  }

  void print(Object value) {
    String text = Repr.str(work, value);
    work.builds(text.length());
    work.steps(1);
    if (output.length() + text.length() > Work.MOST_LENGTH) {
      throw new PythonException("it prints more than " + Work.MOST_LENGTH + " characters");
    }
    output.append(text);
  }

  String printed() {
    return output.toString();
  }

  /** What statements do. */
  interface Printing {
    Flow run();
  }

  /** Runs statements and takes what they print. */
  Captured capture(Printing printing) {
    StringBuilder before = output;
    output = new StringBuilder();
    Flow flow = printing.run();
    String text = output.toString();
    output = before;
    return new Captured(flow, text);
  }

  /** What statements printed, and how they ended. */
  record Captured(Flow flow, String text) {}
}
