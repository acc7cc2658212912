package io.superneurons.text.jinja;

import io.superneurons.text.jinja.filter.Filter;
import io.superneurons.text.jinja.filter.Test;
import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonList;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Slices;
import io.superneurons.text.python.Types;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.operators.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Expressions that make or open collections, and that call. */
final class Access {
  private Access() {}

  private static List<Object> values(List<Expression> parts, Rendering rendering, Scope scope) {
    List<Object> values = new ArrayList<>();
    for (Expression part : parts) {
      values.add(rendering.value(part, scope));
    }
    rendering.work().builds(values.size());
    return values;
  }

  /** {@code (a, b)}. */
  record TupleOf(List<Expression> parts) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return new PythonTuple(values(parts, rendering, scope));
    }
  }

  /** {@code [a, b]}. */
  record ListOf(List<Expression> parts) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return new PythonList(values(parts, rendering, scope));
    }
  }

  /** {@code {a: b}}; keys and values alternate. */
  record DictOf(List<Expression> parts) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      List<Object> values = values(parts, rendering, scope);
      PythonDict dict = new PythonDict();
      for (int i = 0; i < values.size(); i += 2) {
        dict.put(values.get(i), values.get(i + 1));
      }
      return dict;
    }
  }

  /** {@code owner.name}. */
  record AttributeOf(Expression owner, String name) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      return Attributes.attribute(rendering.work(), rendering.value(owner, scope), name);
    }

    @Override
    public List<Expression> parts() {
      return List.of(owner);
    }
  }

  /** {@code owner[key]}. */
  record ItemOf(Expression owner, Expression key) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object collection = rendering.value(owner, scope);
      return Attributes.item(rendering.work(), collection, rendering.value(key, scope));
    }

    @Override
    public List<Expression> parts() {
      return List.of(owner, key);
    }
  }

  /** {@code owner[start:stop:step]}; bounds that are left out are None. */
  record SliceOf(Expression owner, Expression start, Expression stop, Expression step)
      implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object collection = rendering.value(owner, scope);
      Object from = rendering.value(start, scope);
      Object to = rendering.value(stop, scope);
      return Slices.slice(rendering.work(), collection, from, to, rendering.value(step, scope));
    }

    @Override
    public List<Expression> parts() {
      return List.of(owner, start, stop, step);
    }
  }

  /**
   * Arguments as they are written.
   *
   * @param positional those without a name
   * @param named those with one
   * @param spread what stands after {@code *}
   * @param spreadNamed what stands after {@code **}
   */
  record Given(
      List<Expression> positional,
      Map<String, Expression> named,
      Optional<Expression> spread,
      Optional<Expression> spreadNamed) {
    static final Given NONE = new Given(List.of(), Map.of(), Optional.empty(), Optional.empty());

    Arguments values(Rendering rendering, Scope scope) {
      List<Object> all = Access.values(positional, rendering, scope);
      spread.ifPresent(
          more -> all.addAll(Iteration.all(rendering.work(), rendering.value(more, scope))));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach((name, value) -> byName.put(name, rendering.value(value, scope)));
      spreadNamed.ifPresent(more -> addNamed(rendering.value(more, scope), byName));
      return new Arguments(all, byName);
    }

    private static void addNamed(Object value, Map<String, Object> byName) {
      if (!(value instanceof PythonDict dict)) {
        throw new PythonException("argument after ** must be a mapping, not " + Types.name(value));
      }
      for (Object key : dict.keys()) {
        if (!(key instanceof String name) || byName.containsKey(name)) {
          throw new PythonException("an argument after ** has no name of its own");
        }
        byName.put(name, dict.get(key));
      }
    }

    Stream<Expression> parts() {
      return Stream.of(
              positional.stream(), named.values().stream(), spread.stream(), spreadNamed.stream())
          .flatMap(part -> part);
    }
  }

  /** {@code callee(given)}. */
  record Call(Expression callee, Given given) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object function = rendering.value(callee, scope);
      return called(function, given.values(rendering, scope));
    }

    /** The same call with a block as one more argument. */
    Object value(Rendering rendering, Scope scope, PythonFunction caller) {
      Object function = rendering.value(callee, scope);
      Arguments arguments = given.values(rendering, scope);
      Map<String, Object> named = new LinkedHashMap<>(arguments.named());
      if (named.put("caller", caller) != null) {
        throw new PythonException("a call block whose call has a caller of its own");
      }
      return called(function, new Arguments(arguments.positional(), named));
    }

    private static Object called(Object function, Arguments arguments) {
      if (function instanceof Undefined undefined) {
        throw undefined.error();
      } else if (!(function instanceof PythonFunction callable)) {
        throw new PythonException("'" + Types.name(function) + "' object is not callable");
      } else {
        return callable.call(arguments);
      }
    }

    @Override
    public List<Expression> parts() {
      return Stream.concat(Stream.of(callee), given.parts()).toList();
    }
  }

  /** {@code operand | filter(given)}. */
  record Filtered(Expression operand, Filter filter, Given given) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object value = rendering.value(operand, scope);
      return filter.apply(rendering.work(), value, given.values(rendering, scope));
    }

    @Override
    public List<Expression> parts() {
      return Stream.concat(Stream.of(operand), given.parts()).toList();
    }
  }

  /** {@code operand is test(given)}. */
  record Tested(Expression operand, Test test, Given given) implements Expression {
    @Override
    public Object value(Rendering rendering, Scope scope) {
      Object value = rendering.value(operand, scope);
      return test.holds(rendering.work(), value, given.values(rendering, scope));
    }

    @Override
    public List<Expression> parts() {
      return Stream.concat(Stream.of(operand), given.parts()).toList();
    }
  }
}
