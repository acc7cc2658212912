package io.superneurons.jobs;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.HeldOut;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.SuperNeurons;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The Super Neurons of {@link ReportFixture}. */
public final class ReportSelection {
  private ReportSelection() {}

  static SuperNeurons superNeurons() {
    return new SuperNeurons(
        ReportFixture.MODEL,
        Map.of("prompt_suffix", "Say <yes> or no."),
        Map.of("processor", "CLIPImageProcessor"),
        StoreDType.FLOAT16,
        "float32",
        Map.of("superneurons", "1.2.3"),
        List.of(odd(), plain()));
  }

  /** Shuffled labels did as well in 9 of 19 runs. */
  private static final Chosen ODD_CHOSEN =
      new Chosen(
          ChosenOn.CROSS_VALIDATION,
          FittedOn.PROBE_AND_VALIDATION,
          0.25,
          Optional.of(Picking.greedy(2)),
          List.of(
              new ExitPoint(
                  ModelLayer.ofDecoder(1),
                  Rule.MIDPOINT,
                  Voting.MAJORITY,
                  Picking.greedy(2),
                  0.7,
                  OptionalDouble.empty(),
                  OptionalDouble.of(0.25),
                  Map.of())),
          Optional.of(new Permutations(19, 0.5, 0.5, 0.4, 0.7, 0.69)),
          Optional.of(new Discoveries(0.05, 0)),
          LabelsFrom.COLUMN);

  /** The task that shuffled labels do as well on. */
  public static TaskSuperNeurons odd() {
    FittedRule above = FittedRule.cut(Rule.MIDPOINT, 1, 0.25);
    FittedRule below = FittedRule.cut(Rule.MIDPOINT, -1, -1.5);
    return task(
        ReportFixture.ODD,
        List.of("no", "yes"),
        List.of(
            new SuperNeuron(new Neuron(0, Site.ATTN_Z, 3), above, 1, 0.9, 0.8),
            new SuperNeuron(new Neuron(1, Site.MLP_POST, 7), below, 1, 0.85, 0.75)));
  }

  /** The task with 25 neurons. */
  public static TaskSuperNeurons plain() {
    FittedRule nearest = FittedRule.nearestMean(new double[] {-1, 0.5, 2});
    return task(
        ReportFixture.PLAIN,
        List.of("blue", "green", "red"),
        IntStream.range(0, 25)
            .mapToObj(i -> new SuperNeuron(new Neuron(0, Site.MLP_POST, i), nearest, 1, 0.9, 0.9))
            .toList());
  }

  /** The same, learnt from the model's own answers. */
  public static TaskSuperNeurons plainFromAnswers() {
    Chosen chosen =
        new Chosen(
            ChosenOn.VALIDATION,
            FittedOn.PROBE,
            0,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            LabelsFrom.ANSWER);
    return task(ReportFixture.PLAIN, plain().labels(), plain().neurons(), chosen);
  }

  private static TaskSuperNeurons task(
      String name, List<String> labels, List<SuperNeuron> neurons) {
    boolean odd = name.equals(ReportFixture.ODD);
    return task(name, labels, neurons, odd ? ODD_CHOSEN : Chosen.on(ChosenOn.VALIDATION));
  }

  private static TaskSuperNeurons task(
      String name, List<String> labels, List<SuperNeuron> neurons, Chosen chosen) {
    int exitLayer = neurons.get(neurons.size() - 1).neuron().layer();
    return new TaskSuperNeurons(
        name,
        Optional.of("What is it?"),
        labels,
        new Level(
            ModelLayer.ofDecoder(exitLayer),
            neurons.get(0).fitted().rule(),
            Voting.MAJORITY,
            neurons),
        name.equals(ReportFixture.ODD) ? Cascade.NONE : oneDeeper(neurons),
        Optional.empty(),
        Metric.ACCURACY,
        chosen,
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  /** The first neuron alone after layer 1; of ten rows two are right at the second level only. */
  private static Cascade oneDeeper(List<SuperNeuron> neurons) {
    HeldOut heldOut =
        new HeldOut(
            new int[] {6, 2, 2},
            new int[][] {{1000, 200, 100}, {1000, 900, 300}},
            new boolean[][] {{true, false, true}, {true, true, false}},
            new boolean[] {true, true, true});
    Level deeper =
        new Level(
            ModelLayer.ofDecoder(1),
            neurons.get(0).fitted().rule(),
            Voting.LOG_ODDS,
            neurons.subList(0, 1));
    return new Cascade(List.of(deeper), Optional.of(heldOut));
  }
}
