package io.superneurons.jobs.label;

import io.superneurons.activation.FormatException;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.model.ModelCheck;
import io.superneurons.model.ModelDescription;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.TowerType;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.util.Locale;

/** How a model is opened for Super Neurons; refuses those of another one. */
final class NeuronsOfModel {
  /** The type of activations that another program wrote without saying what it computed in. */
  private static final String UNKNOWN = "unknown";

  private static final Computation AUTO = Computation.in(ComputeType.AUTO);

  private NeuronsOfModel() {}

  /**
   * What the activations were computed in which rules were fitted on; where that is not known, what
   * fits the machine.
   *
   * @param label as superneurons.json has it
   * @throws ConfigurationException if no model is computed so here
   */
  static Computation computation(String label) {
    if (label.equalsIgnoreCase(UNKNOWN)) {
      return AUTO;
    }
    return Computation.of(label)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    String.format(
                        Locale.ROOT,
                        "The Super Neurons were chosen on activations of compute_dtype %s, in which"
                            + " no model computes here (float32, bfloat16, float16); label with"
                            + " --dtype, or put another compute_dtype into %s",
                        label,
                        SuperNeurons.FILE_NAME)));
  }

  /**
   * The same, where something else may be asked for.
   *
   * @param asked where it is {@code auto}, what the activations were computed in is taken
   * @throws ConfigurationException also if neurons were chosen on activations of another tower
   */
  static Computation computation(String label, Computation asked) {
    Computation chosen = asked.type() == ComputeType.AUTO ? computation(label) : known(label);
    ComputeType type = asked.type() == ComputeType.AUTO ? chosen.type() : asked.type();
    if (asked.tower() == TowerType.AUTO || asked.tower() == chosen.tower()) {
      return new Computation(type, chosen.tower());
    }
    if (chosen.equals(AUTO)) {
      return new Computation(type, asked.tower());
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "The Super Neurons were chosen on activations of compute_dtype %s, which --tower-dtype"
                + " %s does not give; leave it away, or extract and select with it first",
            label,
            asked.tower().label()));
  }

  /** A type that nothing here computes in does no harm where another is asked for. */
  private static Computation known(String label) {
    return Computation.of(label).orElse(AUTO);
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
