package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Statement.Flow;
import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Repr;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code macro}, or the body of {@code call}, is called as: it gives what its body prints. */
final class Macro implements PythonFunction, PythonObject {

  /**
   * What a macro takes.
   *
   * @param parameters their names
   * @param defaults values of the last of them
   * @param specials those of caller, varargs and kwargs that its body names
   */
  record Signature(List<String> parameters, List<Expression> defaults, Set<String> specials) {
    static final Signature NONE = new Signature(List.of(), List.of(), Set.of());

    Optional<Expression> defaultOf(int parameter) {
      int index = parameter - (parameters.size() - defaults.size());
      return index < 0 ? Optional.empty() : Optional.of(defaults.get(index));
    }

    void begins(Frames.Frame frame) {
      parameters.forEach(frame::begins);
      specials.forEach(frame::begins);
      defaults.forEach(frame::reads);
    }
  }

  private final Rendering rendering;
  private final Optional<String> name;
  private final Signature signature;
  private final Body body;
  private final Scope around;

  Macro(Rendering rendering, Optional<String> name, Signature signature, Body body, Scope around) {
    this.rendering = rendering;
    this.name = name;
    this.signature = signature;
    this.body = body;
    this.around = around;
  }

  @Override
  public Object call(Arguments arguments) {
    rendering.work().enter();
    Scope parameters = new Scope(around, new HashSet<>(signature.parameters));
    bind(arguments, parameters);
    Scope inner = rendering.scope(parameters, body);
    String text = rendering.capture(() -> rendering.run(body, inner)).text();
    rendering.work().leave();
    return text;
  }

  private void bind(Arguments arguments, Scope scope) {
    List<String> names = signature.parameters;
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    List<Object> given = arguments.positional();
    for (int i = 0; i < names.size(); i++) {
      if (i < given.size()) {
        scope.set(names.get(i), given.get(i));
      } else if (named.containsKey(names.get(i))) {
        scope.set(names.get(i), named.remove(names.get(i)));
      }
    }
    bindSpecials(arguments, named, scope);
    for (int i = 0; i < names.size(); i++) {
      if (!scope.has(names.get(i))) {
        scope.set(names.get(i), defaultValue(i, scope));
      }
    }
  }

  private Object defaultValue(int parameter, Scope scope) {
    Optional<Expression> written = signature.defaultOf(parameter);
    return written.isPresent()
        ? rendering.value(written.get(), scope)
        : new Undefined("parameter '" + signature.parameters.get(parameter) + "' was not provided");
  }

  private void bindSpecials(Arguments arguments, Map<String, Object> named, Scope scope) {
    if (signature.specials.contains("caller")) {
      Object caller = named.remove("caller");
      scope.set("caller", caller == null ? new Undefined("No caller defined") : caller);
    }
    int count = signature.parameters.size();
    if (signature.specials.contains("kwargs")) {
      scope.set("kwargs", PythonDict.of(named));
    } else if (!named.isEmpty()) {
      throw new PythonException(
          repr(rendering.work()) + " takes no argument '" + named.keySet().iterator().next() + "'");
    }
    List<Object> given = arguments.positional();
    if (signature.specials.contains("varargs")) {
      scope.set(
          "varargs", new PythonTuple(given.subList(Math.min(count, given.size()), given.size())));
    } else if (given.size() > count) {
      throw new PythonException(
          repr(rendering.work()) + " takes not more than " + count + " argument(s)");
    }
  }

  @Override
  public boolean hasAttribute(String attribute) {
    return Set.of("name", "arguments", "catch_kwargs", "catch_varargs", "caller", "explicit_caller")
        .contains(attribute);
  }

  @Override
  public Object attribute(String attribute) {
    throw new PythonException("attributes of a macro are not supported");
  }

  @Override
  public String repr(Work work) {
    return "<Macro " + (name.isPresent() ? Repr.repr(work, name.get()) : "anonymous") + ">";
  }

  /** {@code {% macro name(parameters) %}body{% endmacro %}}. */
  record Definition(int line, String name, Signature signature, Body body) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      scope.set(name, new Macro(rendering, Optional.of(name), signature, body, scope));
      return Flow.ON;
    }

    @Override
    public void names(Frames.Frame frame) {
      frame.sets(name);
      frame.opens(body, signature::begins);
    }
  }

  /** {@code {% call(parameters) call %}body{% endcall %}}. */
  record CallBlock(int line, Access.Call call, Signature signature, Body body)
      implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      Macro caller = new Macro(rendering, Optional.empty(), signature, body, scope);
      rendering.print(call.value(rendering, scope, caller));
      return Flow.ON;
    }

    @Override
    public void names(Frames.Frame frame) {
      frame.reads(call);
      frame.opens(body, signature::begins);
    }
  }

  /** {@code {% generation %}}, which marks for training what an assistant said: its body. */
  record Generation(int line, Signature signature, Body body) implements Statement {
    @Override
    public Flow run(Rendering rendering, Scope scope) {
      Macro caller = new Macro(rendering, Optional.empty(), signature, body, scope);
      rendering.print(caller.call(Arguments.NONE));
      return Flow.ON;
    }

    @Override
    public void names(Frames.Frame frame) {
      frame.opens(body, signature::begins);
    }
  }
}
