package io.superneurons.text.jinja;

import io.superneurons.text.jinja.Rendering.Captured;
import io.superneurons.text.jinja.Statement.Flow;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.OneShot;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * {@code for target in items if test recursive}.
 *
 * @param test which items it takes, told one by one as the loop goes on
 * @param otherwise runs if no round came to the body's end
 */
record Loop(
    int line,
    Target target,
    Expression items,
    Optional<Expression> test,
    boolean recursive,
    Body body,
    Body otherwise)
    implements Statement {

  @Override
  public Flow run(Rendering rendering, Scope scope) {
    Object values = rendering.value(items, scope);
    if (recursive) {
      rendering.print(rendered(rendering, scope, values, 0));
      return Flow.ON;
    }
    return rounds(rendering, scope, new LoopContext(taken(rendering, scope, values), rendering));
  }

  private String rendered(Rendering rendering, Scope scope, Object values, int depth) {
    rendering.work().enter();
    LoopContext context = new LoopContext(taken(rendering, scope, values), rendering);
    context.recursive(depth, inner -> rendered(rendering, scope, inner, depth + 1));
    Captured captured = rendering.capture(() -> rounds(rendering, scope, context));
    rendering.work().leave();
    return captured.text();
  }

  private Object taken(Rendering rendering, Scope scope, Object values) {
    return test.isEmpty()
        ? values
        : new OneShot(new Tested(rendering, scope, Iteration.iterate(rendering.work(), values)));
  }

  private Flow rounds(Rendering rendering, Scope scope, LoopContext context) {
    Scope inner = rendering.scope(scope, body);
    boolean none = true;
    Flow flow = Flow.ON;
    while (flow != Flow.BREAK && context.advance()) {
      inner.clear();
      inner.set("loop", context);
      target.set(rendering, inner, context.current());
      flow = rendering.run(body, inner);
      none = none && flow != Flow.ON;
    }
    inner.clear();
    if (!none) {
      return Flow.ON;
    }
    Scope last = rendering.scope(scope, otherwise);
    Flow outer = rendering.run(otherwise, last);
    last.clear();
    return outer;
  }

  @Override
  public void names(Frames.Frame frame) {
    frame.reads(items);
    frame.opens(
        body,
        inner -> {
          inner.begins("loop");
          target.begins(inner);
        });
    frame.opens(otherwise, inner -> {});
  }

  /** The items that the test takes; it is asked when the next one is wanted. */
  private final class Tested implements Iterator<Object> {
    private final Rendering rendering;
    private final Scope scope;
    private final Iterator<Object> all;
    private Optional<Found> next = Optional.empty();

    private Tested(Rendering rendering, Scope outer, Iterator<Object> all) {
      this.rendering = rendering;
      scope = new Scope(outer, Set.of());
      this.all = all;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && all.hasNext()) {
        target.set(rendering, scope, all.next());
        if (rendering.isTrue(test.orElseThrow(), scope)) {
          next = Optional.of(new Found(target.taken(rendering, scope)));
        }
      }
      return next.isPresent();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object value = next.orElseThrow().value;
      next = Optional.empty();
      return value;
    }
  }

  /** An item, which may be None. */
  private record Found(Object value) {}
}
