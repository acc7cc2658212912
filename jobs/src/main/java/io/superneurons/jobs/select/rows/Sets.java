package io.superneurons.jobs.select.rows;

import io.superneurons.activation.Split;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of the sets that rows belong to, in the order of {@link TaskRows}' set numbers.
 *
 * @param names those of {@link Split}, then those of {@code --evaluate}
 */
public record Sets(List<String> names) {
  public static Sets with(Iterable<String> evaluations) {
    List<String> names = new ArrayList<>(Split.NAMES);
    evaluations.forEach(names::add);
    return new Sets(List.copyOf(names));
  }

  public int size() {
    return names.size();
  }

  public String name(int set) {
    return names.get(set);
  }
}
