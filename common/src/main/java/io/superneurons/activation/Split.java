package io.superneurons.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  /**
   * The split that data sets call so, such as {@code train} or {@code dev}; case does not matter.
   * Nothing if there is none.
   */
  public static Optional<Split> ofDataSet(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "probe", "train", "training" -> Optional.of(PROBE);
      case "validation", "valid", "val", "dev" -> Optional.of(VALIDATION);
      case "test" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }
}
