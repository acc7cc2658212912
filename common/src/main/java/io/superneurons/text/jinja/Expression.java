package io.superneurons.text.jinja;

import java.util.List;

/** What has a value: a node of a template's tree. */
interface Expression {

  /**
   * The value. Others call {@link Rendering#value}, which counts.
   *
   * @throws io.superneurons.text.python.PythonException if Jinja2 would raise an error
   */
  Object value(Rendering rendering, Scope scope);

  /** The expressions in it. */
  List<Expression> parts();

  /** A variable. */
  record Name(String name) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return rendering.variable(scope, name);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A literal. */
  record Constant(Object constant) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return constant;
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }
}
