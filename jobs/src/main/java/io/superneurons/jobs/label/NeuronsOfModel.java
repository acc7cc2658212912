package io.superneurons.jobs.label;

import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.Arrays;
import java.util.Locale;

/** How a model is opened for Super Neurons; refuses those of another one. */
final class NeuronsOfModel {
  /** The type of activations that another program wrote without saying what it computed in. */
  private static final String UNKNOWN = "unknown";

  private NeuronsOfModel() {}

  /**
   * The type that the activations were computed in which rules were fitted on; where that is not
   * known, the one that fits the machine.
   *
   * @param type as superneurons.json has it
   * @throws ConfigurationException if it is none that models compute in here
   */
  static ComputeType computeType(String type) {
    if (type.equalsIgnoreCase(UNKNOWN)) {
      return ComputeType.AUTO;
    }
    return Arrays.stream(ComputeType.values())
        .filter(known -> known.label().equalsIgnoreCase(type))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    String.format(
                        Locale.ROOT,
                        "The Super Neurons were chosen on activations of compute_dtype %s, in which"
                            + " no model computes here (float32, bfloat16, float16); label with"
                            + " --dtype, or put another compute_dtype into %s",
                        type,
                        SuperNeurons.FILE_NAME)));
  }

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
