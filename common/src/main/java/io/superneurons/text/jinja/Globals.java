package io.superneurons.text.jinja;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonRange;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Repr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The functions that every template has. */
final class Globals {
  private Globals() {}

  static Map<String, Object> of(Work work) {
    Map<String, Object> globals = new HashMap<>();
    globals.put("range", (PythonFunction) PythonRange::of);
    globals.put("dict", (PythonFunction) arguments -> dict(work, arguments));
    globals.put("namespace", (PythonFunction) arguments -> new Namespace(dict(work, arguments)));
    globals.put("joiner", (PythonFunction) Globals::joiner);
    globals.put("raise_exception", raising(work));
    globals.put(
        "strftime_now",
        refused("strftime_now prints the time of the run, so that no two runs are alike: it"));
    for (String name : List.of("lipsum", "cycler")) {
      globals.put(name, refused(name));
    }
    return globals;
  }

  /** A function that gives nothing when it is called first, and then a separator. */
  private static PythonFunction joiner(Arguments arguments) {
    Object separator = arguments.bind("joiner", "sep?").getOr("sep", ", ");
    AtomicBoolean used = new AtomicBoolean();
    return call -> {
      call.bind("joiner");
      return used.getAndSet(true) ? separator : "";
    };
  }

  private static PythonFunction raising(Work work) {
    return arguments -> {
      throw new PythonException(
          Repr.str(work, arguments.bind("raise_exception", "message").get("message")));
    };
  }

  private static PythonFunction refused(String what) {
    return arguments -> {
      throw new PythonException(what + " is not supported");
    };
  }

  /** What {@code dict} makes of a dict or of pairs, and of named values. */
  private static PythonDict dict(Work work, Arguments arguments) {
    PythonDict dict = new PythonDict();
    List<Object> given =
        new Arguments(arguments.positional(), Map.of()).positionalOnly("dict", 0, 1);
    for (Object source : given) {
      if (source instanceof PythonDict other) {
        other.keys().forEach(key -> dict.put(key, other.get(key)));
      } else {
        Iteration.all(work, source).forEach(pair -> addPair(work, pair, dict));
      }
    }
    arguments.named().forEach(dict::put);
    work.builds(dict.size());
    return dict;
  }

  private static void addPair(Work work, Object pair, PythonDict dict) {
    List<Object> parts = Iteration.all(work, pair);
    if (parts.size() != 2) {
      throw new PythonException("dict() takes pairs, not " + parts.size() + " values");
    }
    dict.put(parts.get(0), parts.get(1));
  }
}
