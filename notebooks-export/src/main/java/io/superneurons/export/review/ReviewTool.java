package io.superneurons.export.review;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Locale;

/** What predictions are looked at with. */
enum ReviewTool {
  LABEL_STUDIO,
  FIFTYONE;

  /**
   * The tool of a name.
   *
   * @throws ConfigurationException if there is none
   */
  static ReviewTool of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "label-studio" -> LABEL_STUDIO;
      case "fiftyone" -> FIFTYONE;
      default ->
          throw new ConfigurationException(
              "--review " + name + ": label-studio and fiftyone are known");
    };
  }
}
