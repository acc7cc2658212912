package io.superneurons.neuron.chosen;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** The shapes of the parts of a {@link Chosen} in {@code superneurons.json}. */
final class ChosenFile {
  private ChosenFile() {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pick(String kind, int most, Double least) {
    static Pick of(Picking picking) {
      return new Pick(
          picking.kind().label(),
          picking.most(),
          picking.kind() == Picking.Kind.THRESHOLD ? picking.least() : null);
    }

    Picking toPicking() {
      return new Picking(
          Picking.Kind.of(Objects.requireNonNull(kind, "kind of a pick")),
          most,
          least == null ? Double.NaN : least);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Exit(
      int exitLayer,
      String exitPart,
      String rule,
      String vote,
      Pick pick,
      Double score,
      Double nested,
      Double cost,
      Map<String, Object> image) {
    static Exit of(ExitPoint point) {
      return new Exit(
          point.exitLayer().number(),
          LevelFile.exitPart(point.exitLayer()),
          point.rule().label(),
          point.voting().label(),
          Pick.of(point.picking()),
          point.score(),
          orNull(point.nested()),
          orNull(point.cost()),
          point.image().isEmpty() ? null : point.image());
    }

    ExitPoint toPoint() {
      return new ExitPoint(
          LevelFile.layer(exitLayer, exitPart),
          Rule.of(Objects.requireNonNull(rule, "rule of an exit")),
          Voting.of(Objects.requireNonNull(vote, "vote of an exit")),
          Objects.requireNonNull(pick, "pick of an exit").toPicking(),
          Objects.requireNonNull(score, "score of an exit"),
          ofNullable(nested),
          ofNullable(cost),
          Objects.requireNonNullElse(image, Map.of()));
    }

    private static Double orNull(OptionalDouble number) {
      return number.isPresent() ? number.getAsDouble() : null;
    }

    private static OptionalDouble ofNullable(Double number) {
      return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
  }

  record Shuffled(
      int count,
      double pValue,
      Double qValue,
      double bestNeuronPValue,
      double score,
      double shuffledMean,
      boolean found) {
    static Shuffled of(Permutations permutations) {
      return new Shuffled(
          permutations.count(),
          permutations.pValue(),
          permutations.qValue(),
          permutations.bestNeuronPValue(),
          permutations.score(),
          permutations.shuffledMean(),
          permutations.found());
    }

    Permutations toPermutations() {
      double q = Objects.requireNonNullElse(qValue, pValue);
      return new Permutations(count, pValue, q, bestNeuronPValue, score, shuffledMean);
    }
  }

  /**
   * How a task was chosen; any argument may be null, since a file that another program wrote may
   * lack it.
   */
  static Chosen toChosen(
      String chosenOn,
      String fittedOn,
      Double abstainBelow,
      Pick pick,
      List<Exit> exitPlan,
      Shuffled permutations,
      Discoveries discoveries,
      String labelsFrom) {
    return new Chosen(
        ChosenOn.of(Objects.requireNonNullElse(chosenOn, ChosenOn.VALIDATION.label())),
        FittedOn.of(Objects.requireNonNullElse(fittedOn, FittedOn.PROBE.label())),
        Objects.requireNonNullElse(abstainBelow, 0.0),
        Optional.ofNullable(pick).map(Pick::toPicking),
        exitPlan == null ? List.of() : exitPlan.stream().map(Exit::toPoint).toList(),
        Optional.ofNullable(permutations).map(Shuffled::toPermutations),
        Optional.ofNullable(discoveries),
        LabelsFrom.of(Objects.requireNonNullElse(labelsFrom, LabelsFrom.COLUMN.label())));
  }
}
