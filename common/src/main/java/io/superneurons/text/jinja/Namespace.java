package io.superneurons.text.jinja;

import io.superneurons.text.python.PythonDict;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Repr;

/** The one value that a template can change. */
final class Namespace implements PythonObject {
  private final PythonDict attributes = new PythonDict();

  /**
   * A namespace with attributes.
   *
   * @throws PythonException if a name begins with an underscore, which transformers refuse
   */
  Namespace(PythonDict given) {
    for (Object key : given.keys()) {
      if (key instanceof String name) {
        set(name, given.get(name));
      } else {
        attributes.put(key, given.get(key));
      }
    }
  }

  void set(String name, Object value) {
    if (name.startsWith("_")) {
      throw new PythonException("a namespace cannot have the attribute '" + name + "'");
    }
    attributes.put(name, value);
  }

  @Override
  public boolean hasAttribute(String name) {
    return attributes.has(name);
  }

  @Override
  public Object attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public String repr(Work work) {
    return "<Namespace " + Repr.repr(work, attributes) + ">";
  }
}
