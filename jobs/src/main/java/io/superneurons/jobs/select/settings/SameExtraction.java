package io.superneurons.jobs.select.settings;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Refuses to read two folders of activations together that were not extracted alike: their numbers
 * would not compare. What a folder does not say, as another program's may not, is not compared.
 *
 * @param folder the one that others must agree with
 * @param metadata what it holds
 */
record SameExtraction(String folder, ActivationsMetadata metadata) {
  private static final String UNKNOWN = "unknown";

  /**
   * Compares all that changes the numbers or what they mean.
   *
   * @throws ConfigurationException naming both folders and what differs
   */
  void require(String other, ActivationsMetadata found) {
    requireAllButPrompt(other, found);
    compare("prompt", metadata.prompt(), found.prompt(), other);
  }

  /**
   * The same for a set that is evaluated on: another prompt may be the very shift that it is about.
   *
   * @throws ConfigurationException naming both folders and what differs
   */
  void requireAllButPrompt(String other, ActivationsMetadata found) {
    requireModelAndLayout(other, found);
    compare("image settings", metadata.image(), found.image(), other);
  }

  /**
   * The same for another size of images.
   *
   * @throws ConfigurationException naming both folders and what differs
   */
  void requireAllButImages(String other, ActivationsMetadata found) {
    requireModelAndLayout(other, found);
    compare("prompt", metadata.prompt(), found.prompt(), other);
  }

  private void requireModelAndLayout(String other, ActivationsMetadata found) {
    compare(
        "model fingerprint", metadata.model().fingerprint(), found.model().fingerprint(), other);
    compare("dtype", metadata.storeDType(), found.storeDType(), other);
    if (!metadata.computeDType().equals(UNKNOWN) && !found.computeDType().equals(UNKNOWN)) {
      compare("compute dtype", metadata.computeDType(), found.computeDType(), other);
    }
    compare("sites and layers", metadata.layout(), found.layout(), other);
    if (metadata.attentionHeads() > 0 && found.attentionHeads() > 0) {
      compare("attention heads", metadata.attentionHeads(), found.attentionHeads(), other);
    }
  }

  private void compare(String what, Object expected, Object found, String other) {
    if (!expected.equals(found)) {
      throw refusal(what, found, expected, other);
    }
  }

  /** Names the first entry that differs: a chat template is too long to be found by eye. */
  private void compare(
      String what, Map<String, Object> expected, Map<String, Object> found, String other) {
    TreeSet<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      if (!Objects.equals(expected.get(key), found.get(key))) {
        throw refusal(what + " (" + key + ")", found.get(key), expected.get(key), other);
      }
    }
  }

  private ConfigurationException refusal(String what, Object found, Object expected, String other) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s has another %s than %s: %s, not %s. Extract them alike, or select separately",
            other,
            what,
            folder,
            found,
            expected));
  }
}
