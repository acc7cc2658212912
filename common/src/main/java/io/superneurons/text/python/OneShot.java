package io.superneurons.text.python;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A generator or an iterator: true whatever it holds, without a length, and empty once it was gone
 * through.
 */
public final class OneShot {
  private final Iterator<Object> iterator;

  public OneShot(Iterator<Object> iterator) {
    this.iterator = iterator;
  }

  /** One whose elements are made when the first is asked for. */
  public static OneShot of(Supplier<List<Object>> elements) {
    return new OneShot(
        new Iterator<>() {
          private Optional<Iterator<Object>> made = Optional.empty();

          private Iterator<Object> made() {
            if (made.isEmpty()) {
              made = Optional.of(elements.get().iterator());
            }
            return made.get();
          }

          @Override
          public boolean hasNext() {
            return made().hasNext();
          }

          @Override
          public Object next() {
            return made().next();
          }
        });
  }

  Iterator<Object> iterator() {
    return iterator;
  }
}
