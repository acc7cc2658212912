package io.superneurons.text.jinja;

import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonTuple;
import java.util.ArrayList;
import java.util.List;

/** What a value is given to. */
sealed interface Target {

  void set(Rendering rendering, Scope scope, Object value);

  /** Tells a frame the names that are set. */
  void sets(Frames.Frame frame);

  /** Tells a frame the names that its scope begins with. */
  void begins(Frames.Frame frame);

  /** The value as the target takes it: one that was taken apart is a tuple of its parts. */
  Object taken(Rendering rendering, Scope scope);

  /** A name. */
  record Variable(String name) implements Target {
    @Override
    public void set(Rendering rendering, Scope scope, Object value) {
      scope.set(name, value);
    }

    @Override
    public void sets(Frames.Frame frame) {
      frame.sets(name);
    }

    @Override
    public void begins(Frames.Frame frame) {
      frame.begins(name);
    }

    @Override
    public Object taken(Rendering rendering, Scope scope) {
      return scope.get(name);
    }
  }

  /** An attribute of a namespace. */
  record Member(String owner, String name) implements Target {
    @Override
    public void set(Rendering rendering, Scope scope, Object value) {
      if (!(rendering.variable(scope, owner) instanceof Namespace namespace)) {
        throw new PythonException("cannot assign attribute on non-namespace object");
      }
      namespace.set(name, value);
    }

    @Override
    public void sets(Frames.Frame frame) {
      frame.reads(owner);
    }

    @Override
    public void begins(Frames.Frame frame) {
      frame.reads(owner);
    }

    @Override
    public Object taken(Rendering rendering, Scope scope) {
      throw new PythonException("a loop cannot set an attribute");
    }
  }

  /** Several targets, each of which takes a part. */
  record Several(List<Target> targets) implements Target {
    @Override
    public void set(Rendering rendering, Scope scope, Object value) {
      List<Object> parts = Iteration.all(rendering.work(), value);
      if (parts.size() != targets.size()) {
        throw new PythonException(parts.size() + " values for " + targets.size() + " names to set");
      }
      for (int i = 0; i < parts.size(); i++) {
        targets.get(i).set(rendering, scope, parts.get(i));
      }
    }

    @Override
    public void sets(Frames.Frame frame) {
      targets.forEach(target -> target.sets(frame));
    }

    @Override
    public void begins(Frames.Frame frame) {
      targets.forEach(target -> target.begins(frame));
    }

    @Override
    public Object taken(Rendering rendering, Scope scope) {
      List<Object> parts = new ArrayList<>();
      targets.forEach(target -> parts.add(target.taken(rendering, scope)));
      return new PythonTuple(parts);
    }
  }
}
