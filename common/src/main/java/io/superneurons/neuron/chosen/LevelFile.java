package io.superneurons.neuron.chosen;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Line;
import io.superneurons.neuron.vote.Voting;
import io.superneurons.neuron.vote.Weight;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The shape of a {@link Level} in {@code superneurons.json}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LevelFile(int exitLayer, String exitPart, String rule, String vote, List<Member> neurons) {

  static LevelFile of(Level level, List<String> labels) {
    return new LevelFile(
        level.exitLayer().number(),
        exitPart(level.exitLayer()),
        level.rule().label(),
        level.voting().label(),
        level.neurons().stream().map(neuron -> Member.of(neuron, labels)).toList());
  }

  /** The name of a layer's part; null for the decoder, as in files of earlier versions. */
  static String exitPart(ModelLayer layer) {
    return layer.inTower() ? layer.part().label() : null;
  }

  /** The layer of a number and a part's name in the file. */
  static ModelLayer layer(int number, String part) {
    return new ModelLayer(part == null ? Part.DECODER : Part.of(part), number);
  }

  /**
   * The level.
   *
   * @param labels of the task
   * @param where what to call its owner in messages
   */
  Level toLevel(List<String> labels, String where) {
    Rule fitted = Rule.of(Objects.requireNonNull(rule, "rule of " + where));
    Voting voting = Voting.of(Objects.requireNonNull(vote, "vote of " + where));
    Objects.requireNonNull(neurons, "neurons of " + where);
    List<SuperNeuron> members =
        neurons.stream().map(neuron -> neuron.toSuperNeuron(fitted, labels)).toList();
    try {
      return new Level(layer(exitLayer, exitPart), fitted, voting, members);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Member(
      int layer,
      String site,
      int index,
      String label,
      int polarity,
      double[] thresholds,
      double[] means,
      double weight,
      double[][] evidence,
      double[] offsets,
      double[] slopes,
      Double probe,
      Double validation,
      Double mean,
      Double deviation,
      List<Double> firingRates) {

    static Member of(SuperNeuron member, List<String> labels) {
      FittedRule fitted = member.fitted();
      return new Member(
          member.neuron().layer(),
          member.neuron().site().label(),
          member.neuron().index(),
          fitted.detected() == Confusion.NO_LABEL ? null : labels.get(fitted.detected()),
          fitted.polarity(),
          fitted.thresholds().length == 0 ? null : fitted.thresholds(),
          fitted.means().length == 0 ? null : fitted.means(),
          member.weight(),
          EvidenceFile.table(member.evidence()),
          EvidenceFile.line(member.evidence()).map(Line::offsets).orElse(null),
          EvidenceFile.line(member.evidence()).map(Line::slopes).orElse(null),
          finite(member.probingScore()),
          finite(member.validation()),
          null,
          null,
          null);
    }

    /** The same, with what the neuron did on the probing rows. */
    Member with(NeuronProfile profile) {
      return new Member(
          layer,
          site,
          index,
          label,
          polarity,
          thresholds,
          means,
          weight,
          evidence,
          offsets,
          slopes,
          probe,
          validation,
          profile.mean(),
          profile.deviation(),
          profile.firingRates());
    }

    /** What the neuron did on the probing rows, where the file says so. */
    Optional<NeuronProfile> profile() {
      return mean == null || deviation == null || firingRates == null
          ? Optional.empty()
          : Optional.of(new NeuronProfile(mean, deviation, firingRates));
    }

    /** JSON has no NaN. */
    private static Double finite(double value) {
      return Double.isFinite(value) ? value : null;
    }

    SuperNeuron toSuperNeuron(Rule rule, List<String> labels) {
      return new SuperNeuron(
          new Neuron(layer, Site.of(Objects.requireNonNull(site, "site of a neuron")), index),
          fitted(rule, labels),
          evidence(labels.size()),
          probe == null ? Double.NaN : probe,
          validation == null ? Double.NaN : validation);
    }

    private Evidence evidence(int labels) {
      if (evidence != null) {
        return EvidenceFile.ofTable(evidence, labels);
      }
      return offsets == null && slopes == null
          ? new Weight(weight)
          : EvidenceFile.ofLine(weight, offsets, slopes, labels);
    }

    private FittedRule fitted(Rule rule, List<String> labels) {
      return switch (rule) {
        case ZERO, MIDPOINT, BEST_CUT -> FittedRule.cut(rule, polarity, threshold());
        case ONE_VS_REST -> FittedRule.detector(indexOf(label, labels), polarity, threshold());
        case NEAREST_MEAN -> {
          if (means == null || means.length != labels.size()) {
            throw new IllegalArgumentException("A neuron needs a mean for each of " + labels);
          }
          yield FittedRule.nearestMean(means);
        }
      };
    }

    private double threshold() {
      if (thresholds == null || thresholds.length != 1) {
        throw new IllegalArgumentException("A neuron with a cut needs one threshold");
      }
      return thresholds[0];
    }

    private static int indexOf(String label, List<String> labels) {
      int index = labels.indexOf(label);
      if (index < 0) {
        throw new IllegalArgumentException("'" + label + "' is none of the labels " + labels);
      }
      return index;
    }
  }
}
