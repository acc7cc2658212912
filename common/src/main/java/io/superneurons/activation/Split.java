package io.superneurons.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a row is for: the values of a row's {@code split} in manifests and in folders of
 * activations. A row without one is a probing row.
 */
public enum Split {
  /** Rules are fitted on it and neurons are ranked by it. */
  PROBE,

  /** It chooses rule, vote, number of neurons and exit layer. */
  VALIDATION,

  /** It chooses nothing. */
  TEST;

  /** The names of all, in the order of the constants. */
  public static final List<String> NAMES = Arrays.stream(values()).map(Split::label).toList();

  /** The name in files, such as {@code probe}. */
  public String label() {
    return Names.of(this);
  }

  /** The split of exactly that name; nothing if there is none. */
  public static Optional<Split> of(String label) {
    return Arrays.stream(values()).filter(split -> split.label().equals(label)).findFirst();
  }
}
