package io.superneurons.jobs.select.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.select.scan.Heads;
import io.superneurons.jobs.select.scan.ProbeScan;
import io.superneurons.neuron.baseline.AttentionHead;
import io.superneurons.neuron.baseline.GaussianHead;
import io.superneurons.neuron.baseline.ReliableHeads;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What Super Neurons of a task are compared with, on the same rows.
 *
 * @param plan of the task
 * @param findings what the scans found for it
 */
record Baselines(TaskPlan plan, Findings findings) {
  /**
   * All baselines that there is something for.
   *
   * @param answers label index of the model's own answer to each row
   * @param rule that Super Neurons share, for random neurons
   * @param topK how many Super Neurons there are
   * @param seed of random neurons
   */
  List<Evaluations.Method> all(Optional<int[]> answers, Rule rule, int topK, long seed) {
    List<Evaluations.Method> methods = new ArrayList<>();
    methods.add(
        named(
            Evaluation.MODEL_ANSWER,
            answers.map(answer -> List.of(Verdicts.of(answer))).orElse(List.of())));
    Heads heads = findings.heads();
    if (heads.any()) {
      methods.add(named("savs", List.of(AttentionHead.vote(heads.nearest(), plan))));
      methods.add(named("hec", List.of(GaussianHead.vote(heads.gaussian(), plan))));
      methods.add(named("calm", List.of(ReliableHeads.vote(heads.reliable(), plan))));
    }
    findings.probe().ifPresent(probe -> methods.add(linearProbe(probe)));
    List<Verdicts> random =
        new RandomNeurons(seed)
            .verdicts(plan, findings.randomPool(), findings.ballots(), rule, topK);
    methods.add(
        new Evaluations.Method(
            "random_neurons", random, OptionalInt.of(topK), OptionalInt.empty()));
    methods.add(named("majority", List.of(Verdicts.of(majority()))));
    return methods;
  }

  private static Evaluations.Method named(String name, List<Verdicts> draws) {
    return new Evaluations.Method(name, draws, OptionalInt.empty(), OptionalInt.empty());
  }

  private static Evaluations.Method linearProbe(ProbeScan.Answer probe) {
    int[] predicted =
        IntStream.range(0, probe.predicted().rows()).map(probe.predicted()::label).toArray();
    List<Verdicts> verdicts = List.of(Verdicts.of(predicted));
    return new Evaluations.Method(
        "linear_probe", verdicts, OptionalInt.empty(), layerOfDecoder(probe.layer()));
  }

  /** The layer's number; nothing where it is of the vision tower. */
  static OptionalInt layerOfDecoder(ModelLayer layer) {
    return layer.inTower() ? OptionalInt.empty() : OptionalInt.of(layer.number());
  }

  /** Every row has the label that most probing rows have; the first of equals. */
  private int[] majority() {
    TaskRows rows = plan.rows();
    int[] counts = new int[rows.labels().size()];
    for (int row = 0; row < rows.size(TaskRows.PROBE); row++) {
      counts[rows.given()[row]]++;
    }
    int most = 0;
    for (int label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    int[] predicted = new int[rows.size()];
    Arrays.fill(predicted, most);
    return predicted;
  }
}
