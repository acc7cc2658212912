package io.superneurons.jobs.dataset;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The data sets whose own files are read, by the names that users give. */
public enum DatasetFormat {
  VQAV2("vqav2", new VqaV2()),
  GQA("gqa", new Gqa()),
  POPE("pope", new Pope()),
  AOKVQA("a-okvqa", new Aokvqa()),
  SCIENCEQA("scienceqa", new ScienceQa()),
  VIZWIZ("vizwiz", new VizWiz()),
  LMMS_EVAL("lmms-eval", new LmmsEval()),
  VLMEVALKIT("vlmevalkit", new VlmEvalKit());

  private final String label;
  private final PublishedSet set;

  DatasetFormat(String label, PublishedSet set) {
    this.label = label;
    this.set = set;
  }

  /**
   * The format of a name, whatever its case and hyphens.
   *
   * @throws ConfigurationException if there is none
   */
  public static DatasetFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> plain(format.label).equals(plain(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "--dataset-format knows no "
                        + name
                        + "; it knows "
                        + Arrays.stream(values())
                            .map(DatasetFormat::label)
                            .collect(Collectors.joining(", "))));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** The name that users give. */
  public String label() {
    return label;
  }

  /** Whether a file of a folder is one to read, by its name. */
  public boolean reads(String name) {
    return set.reads(name);
  }

  /** What the set's own files are called, for messages. */
  public String files() {
    return set.files();
  }

  PublishedSet set() {
    return set;
  }
}
