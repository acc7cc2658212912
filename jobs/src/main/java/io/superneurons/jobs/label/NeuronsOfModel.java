package io.superneurons.jobs.label;

import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.model.ModelDescription;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.Locale;

/** Refuses Super Neurons that are another model's. */
final class NeuronsOfModel {
  private NeuronsOfModel() {}

  /**
   * Requires that they were chosen in this model, and that it has them.
   *
   * @param file that they were read from
   * @param source of the model
   * @throws ConfigurationException if not
   */
  static void require(SuperNeurons chosen, String file, ModelDescription model, String source) {
    ModelIdentity expected = chosen.model();
    ModelIdentity actual = ModelCheck.identity(model);
    if (!actual.fingerprint().equals(expected.fingerprint())) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s was made with model %s (%s), but --model %s is %s (%s); its neurons mean nothing"
                  + " here",
              file,
              expected.name(),
              expected.fingerprint(),
              source,
              actual.name(),
              actual.fingerprint()));
    }
    try {
      chosen.requireIn(model.layout());
    } catch (FormatException e) {
      throw new ConfigurationException(file + ": " + e.getMessage(), e);
    }
  }
}
