package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.PairedTest;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TerminalTableTest {

  @Test
  void showsTheSetsThatChoseNothingAndWhatIsMissing() {
    TaskResults answered =
        results(
            "a task",
            evaluation("validation", "super_neurons", 1),
            evaluation("test", "super_neurons", 0.9876),
            evaluation("test", "model_answer", 0.5));
    TaskResults unanswered = results("b", evaluation("test", "super_neurons", 0.25));
    List<String> lines = TerminalTable.of(List.of(answered, unanswered)).lines().toList();
    assertEquals(
        List.of(
            "  test   | neurons | exit layer | super neurons |   own answer",
            "  ------ | ------- | ---------- | ------------- | ------------",
            "  a task |       1 |          3 |         0.988 | 0.500 better",
            "  b      |       1 |          3 |         0.250 |            -",
            ""),
        lines);
  }

  private static Evaluation evaluation(String set, String method, double value) {
    return new Evaluation(
        "task",
        set,
        method,
        "accuracy",
        value,
        10,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static TaskResults results(String task, Evaluation... evaluations) {
    SuperNeuron neuron =
        new SuperNeuron(
            new Neuron(3, Site.ATTN_Z, 7), FittedRule.cut(Rule.MIDPOINT, 1, 0.5), 1, 0.9, 0.9);
    TaskSuperNeurons chosen =
        TaskFixture.task(
            task,
            List.of("no", "yes"),
            new Level(
                ModelLayer.ofDecoder(3), neuron.fitted().rule(), Voting.MAJORITY, List.of(neuron)));
    List<Comparison> comparisons =
        List.of(new Comparison(task, "test", "model_answer", new PairedTest(9, 1)));
    return new TaskResults(
        chosen,
        List.of(evaluations),
        List.of(),
        List.of(),
        comparisons,
        List.of(),
        List.of(),
        100,
        1);
  }
}
