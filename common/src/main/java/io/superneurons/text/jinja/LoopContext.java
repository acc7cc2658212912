package io.superneurons.text.jinja;

import io.superneurons.text.python.Arguments;
import io.superneurons.text.python.Iteration;
import io.superneurons.text.python.PythonException;
import io.superneurons.text.python.PythonFunction;
import io.superneurons.text.python.PythonObject;
import io.superneurons.text.python.PythonTuple;
import io.superneurons.text.python.Undefined;
import io.superneurons.text.python.Work;
import io.superneurons.text.python.operators.Comparison;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The variable {@code loop}. It looks ahead only where it is asked for what needs it, since a
 * loop's test may depend on what its body did.
 */
final class LoopContext implements PythonObject, PythonFunction {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "index",
          "index0",
          "revindex",
          "revindex0",
          "first",
          "last",
          "length",
          "depth",
          "depth0",
          "previtem",
          "nextitem",
          "cycle",
          "changed");

  /** An item, which may be None. */
  private record Item(Object value) {}

  private final Work work;
  private Iterator<Object> left;
  private OptionalInt length;
  private int index0 = -1;
  private int depth0;
  private Optional<Item> before = Optional.empty();
  private Optional<Item> current = Optional.empty();
  private Optional<Item> after = Optional.empty();
  private Optional<PythonTuple> lastChanged = Optional.empty();
  private Optional<Function<Object, String>> inner = Optional.empty();

  LoopContext(Object items, Rendering rendering) {
    work = rendering.work();
    left = Iteration.iterate(work, items);
    length =
        Iteration.hasLength(items)
            ? OptionalInt.of(Iteration.length(work, items))
            : OptionalInt.empty();
  }

  /** Makes it one that can be called with the items of a loop within. */
  void recursive(int depth, Function<Object, String> rendered) {
    depth0 = depth;
    inner = Optional.of(rendered);
  }

  /** Goes to the next item, if there is one. */
  boolean advance() {
    if (after.isEmpty() && !left.hasNext()) {
      return false;
    }
    before = current;
    current = Optional.of(after.orElseGet(() -> new Item(left.next())));
    after = Optional.empty();
    index0++;
    return true;
  }

  Object current() {
    return current.orElseThrow().value;
  }

  private Optional<Item> peek() {
    if (after.isEmpty() && left.hasNext()) {
      after = Optional.of(new Item(left.next()));
    }
    return after;
  }

  private int length() {
    if (length.isEmpty()) {
      List<Object> rest = new ArrayList<>();
      left.forEachRemaining(rest::add);
      left = rest.iterator();
      length = OptionalInt.of(rest.size() + index0 + 1 + (after.isPresent() ? 1 : 0));
    }
    return length.getAsInt();
  }

  @Override
  public boolean hasAttribute(String name) {
    return ATTRIBUTES.contains(name);
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "index" -> BigInteger.valueOf(index0 + 1L);
      case "index0" -> BigInteger.valueOf(index0);
      case "revindex" -> BigInteger.valueOf((long) length() - index0);
      case "revindex0" -> BigInteger.valueOf((long) length() - index0 - 1);
      case "first" -> index0 == 0;
      case "last" -> peek().isEmpty();
      case "length" -> BigInteger.valueOf(length());
      case "depth" -> BigInteger.valueOf(depth0 + 1L);
      case "depth0" -> BigInteger.valueOf(depth0);
      case "previtem" -> valueOr(before, "there is no previous item");
      case "nextitem" -> valueOr(peek(), "there is no next item");
      case "cycle" -> (PythonFunction) this::cycle;
      case "changed" -> (PythonFunction) this::changed;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Object valueOr(Optional<Item> item, String otherwise) {
    return item.isPresent() ? item.get().value : new Undefined(otherwise);
  }

  private Object cycle(Arguments arguments) {
    List<Object> given = arguments.positionalOnly("loop.cycle", 1, Integer.MAX_VALUE);
    return given.get(index0 % given.size());
  }

  private Object changed(Arguments arguments) {
    PythonTuple values =
        new PythonTuple(arguments.positionalOnly("loop.changed", 0, Integer.MAX_VALUE));
    boolean changed = lastChanged.isEmpty() || !Comparison.equal(work, lastChanged.get(), values);
    lastChanged = Optional.of(values);
    return changed;
  }

  @Override
  public Object call(Arguments arguments) {
    if (inner.isEmpty()) {
      throw new PythonException(
          "The loop must have the 'recursive' marker to be called recursively.");
    }
    return inner.get().apply(arguments.bind("loop", "iterable").get("iterable"));
  }

  @Override
  public String repr(Work counted) {
    return "<LoopContext " + (index0 + 1) + "/" + length() + ">";
  }
}
