package io.superneurons.jobs;

import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of the sets that rows belong to, in the order of {@link TaskRows}' set numbers.
 *
 * @param names {@code probe}, {@code validation}, {@code test}, then those of {@code --evaluate}
 */
record SelectSets(List<String> names) {
  /** The sets that a row's {@code split} may name. */
  static final List<String> OWN = List.of("probe", "validation", "test");

  static SelectSets with(Iterable<String> evaluations) {
    List<String> names = new ArrayList<>(OWN);
    evaluations.forEach(names::add);
    return new SelectSets(List.copyOf(names));
  }

  int size() {
    return names.size();
  }

  String name(int set) {
    return names.get(set);
  }
}
