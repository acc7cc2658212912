package io.superneurons.text.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which names a body hides. Jinja2 decides before it renders which scope a name is of: a name that
 * a body sets, and that neither the body before nor a scope around it uses, is that body's own. It
 * is undefined there until it is set, even if the template was given a value for it.
 */
final class Frames {
  private final Map<Body, Set<String>> hidden = new HashMap<>();

  private Frames() {}

  static Frames of(Body template) {
    Frames frames = new Frames();
    frames.analyze(null, template, frame -> {});
    return frames;
  }

  Set<String> hidden(Body body) {
    return hidden.getOrDefault(body, Set.of());
  }

  private void analyze(Frame outer, Body body, Consumer<Frame> before) {
    Frame frame = new Frame(outer);
    before.accept(frame);
    body.statements().forEach(statement -> statement.names(frame));
    hidden.put(body, frame.hidden);
    // bodies within see all names of this one, also of statements that follow them
    frame.inner.forEach(Runnable::run);
  }

  /** The names of a body, as they come. */
  final class Frame {
    private final Frame outer;
    private final Set<String> known = new HashSet<>();
    private final Set<String> hidden = new HashSet<>();
    private final List<Runnable> inner = new ArrayList<>();
    private int conditions;

    private Frame(Frame outer) {
      this.outer = outer;
    }

    private boolean knows(String name) {
      for (Frame frame = this; frame != null; frame = frame.outer) {
        if (frame.known.contains(name)) {
          return true;
        }
      }
      return false;
    }

    void reads(Expression expression) {
      Deque<Expression> left = new ArrayDeque<>(List.of(expression));
      while (!left.isEmpty()) {
        Expression next = left.pop();
        if (next instanceof Expression.Name name) {
          reads(name.name());
        }
        next.parts().forEach(left::push);
      }
    }

    void reads(String name) {
      if (!knows(name)) {
        known.add(name);
      }
    }

    void sets(String name) {
      if (!knows(name) && conditions == 0) {
        hidden.add(name);
      }
      known.add(name);
    }

    /** A name that the scope begins with. */
    void begins(String name) {
      known.add(name);
    }

    /** Statements that may not run, in this scope. */
    void maybe(Body body) {
      conditions++;
      body.statements().forEach(statement -> statement.names(this));
      conditions--;
    }

    /**
     * A scope within.
     *
     * @param before tells the names that it begins with
     */
    void opens(Body body, Consumer<Frame> before) {
      inner.add(() -> analyze(this, body, before));
    }
  }
}
