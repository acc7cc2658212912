package io.superneurons.jobs.input;

import io.superneurons.activation.Split;
import java.util.Locale;
import java.util.Optional;

/** The names that data sets give to what is a split here; case does not matter. */
final class SplitNames {
  private SplitNames() {}

  /** The split that a manifest's text means; nothing if it is none. */
  static Optional<Split> of(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "probe", "train", "training" -> Optional.of(Split.PROBE);
      case "validation", "valid", "val", "dev" -> Optional.of(Split.VALIDATION);
      case "test" -> Optional.of(Split.TEST);
      default -> Optional.empty();
    };
  }
}
