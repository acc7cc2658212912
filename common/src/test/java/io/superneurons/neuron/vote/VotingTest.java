package io.superneurons.neuron.vote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.Fixture;
import io.superneurons.neuron.TaskFixture;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What neurons' votes come to. */
class VotingTest {
  private static final Neuron FIRST = new Neuron(0, Site.RESID_POST, 3);
  private static final Neuron SECOND = new Neuron(1, Site.ATTN_Z, 1);
  private static final Neuron THIRD = new Neuron(1, Site.MLP_POST, 9);

  @Test
  void neuronsVoteByWeight() {
    TaskSuperNeurons task =
        task(
            List.of("no", "yes"),
            member(FIRST, FittedRule.cut(Rule.ZERO, 1, 0), 1),
            member(SECOND, FittedRule.cut(Rule.ZERO, -1, 0), 2.5),
            member(THIRD, FittedRule.cut(Rule.ZERO, 1, 0), 1));
    Map<Neuron, Float> values = Map.of(FIRST, 1f, SECOND, 2f, THIRD, 3f);
    Prediction prediction = task.classify(values::get);
    assertEquals(Optional.of("no"), prediction.label());
    assertEquals(Map.of("no", 2.5, "yes", 2.0), prediction.votes());
    assertEquals(0.5 / 4.5, prediction.margin(), 1e-15);
  }

  @Test
  void equalVotesGoToTheLabelOfTheBestNeuronWithoutMargin() {
    TaskSuperNeurons task =
        task(
            List.of("no", "yes"),
            member(FIRST, FittedRule.cut(Rule.ZERO, 1, 0), 1),
            member(SECOND, FittedRule.cut(Rule.ZERO, 1, 0), 1));
    Prediction prediction = task.classify(n -> n.equals(FIRST) ? 1 : -1);
    assertEquals(Optional.of("yes"), prediction.label());
    assertEquals(0, prediction.margin());
    assertEquals(
        Optional.of("no"),
        task.classify(n -> n.equals(FIRST) ? -1 : 1).label(),
        "whatever it says");
  }

  @Test
  void whereNoDetectorFiresARowIsUndecided() {
    TaskSuperNeurons task =
        task(List.of("a", "b", "c"), member(FIRST, FittedRule.detector(2, 1, 5), 1));
    Map<String, Double> none = Map.of("a", 0.0, "b", 0.0, "c", 0.0);
    assertEquals(new Prediction(Optional.empty(), none, 0), task.classify(n -> 1));
    assertEquals(Optional.empty(), task.answer(task.classify(n -> 1)));
    assertEquals(Optional.of("c"), task.classify(n -> 6).label());
  }

  @Test
  void aNeuronThatSaysNothingCountsInTheMargin() {
    SuperNeuron[] five = new SuperNeuron[5];
    for (int i = 0; i < five.length; i++) {
      Neuron neuron = new Neuron(0, Site.MLP_POST, i);
      five[i] = member(neuron, FittedRule.detector(i % 3, 1, 0), 1);
    }
    TaskSuperNeurons task = task(List.of("a", "b", "c"), five);
    assertEquals(0.2, task.classify(n -> n.index() == 4 ? 1 : -1).margin(), 1e-15);
    Prediction tie = task.classify(n -> n.index() == 2 || n.index() == 1 ? 1 : -1);
    assertEquals(Optional.of("b"), tie.label(), "the better of the two that voted");
    assertEquals(0, tie.margin());
    assertEquals(1.0 / 5, task.classify(n -> 1).margin() + 0.2, 1e-15, "2 : 2 : 1 is a tie");
  }

  /** Against the margins of all values that detectors can have. */
  @Test
  void marginsEndWhereAllThatCanVoteForALabelDo() {
    SuperNeuron[] four = new SuperNeuron[4];
    for (int i = 0; i < four.length; i++) {
      Neuron neuron = new Neuron(0, Site.MLP_POST, i);
      four[i] = member(neuron, FittedRule.detector(i % 3, 1, 0), i == 3 ? 0.5 : 1);
    }
    TaskSuperNeurons task = task(List.of("a", "b", "c"), four);
    double most =
        IntStream.range(0, 1 << four.length)
            .mapToDouble(fire -> task.classify(n -> (fire >> n.index() & 1) * 2 - 1).margin())
            .max()
            .orElseThrow();
    assertEquals(most, task.level().mostMargin(3), "1.5 of 3.5");
    double[][] table = {{0, 0, 0}, {2, 1, 0}, {0, 0, 0}, {0, 0, 0}};
    SuperNeuron knows =
        new SuperNeuron(FIRST, FittedRule.detector(0, 1, 0), new VoteTable(table), 0.9, 0.8);
    TaskSuperNeurons other = task(List.of("a", "b", "c"), knows);
    assertEquals(0.5, other.classify(n -> 1).margin());
    assertEquals(0.5, other.level().mostMargin(3));
    SuperNeuron cut = member(FIRST, FittedRule.cut(Rule.ZERO, 1, 0), 1);
    assertEquals(1, task(List.of("no", "yes"), cut, cut).level().mostMargin(2));
  }

  @Test
  void sumsOfWeightsDoNotDependOnTheirOrder() {
    double a = Voting.grained(0.2);
    double b = Voting.grained(0.33);
    double c = Voting.grained(0.11);
    assertEquals(a + b + c, c + a + b, 0);
    assertTrue(Voting.grained(-0.1) > 0);
  }

  @Test
  void aCloseVoteIsNoAnswer() {
    TaskSuperNeurons task =
        abstaining(0.125, member(FIRST, FittedRule.cut(Rule.BEST_CUT, -1, 0.125), 1));
    Map<String, Double> votes = Map.of("no", 1.0, "yes", 2.0);
    assertEquals(Optional.of("yes"), task.answer(new Prediction(Optional.of("yes"), votes, 0.125)));
    assertEquals(Optional.empty(), task.answer(new Prediction(Optional.of("yes"), votes, 0.124)));
  }

  /** Winners and margins of random ballots, many of them ties, beside those that NumPy finds. */
  @Test
  void manyVotersDecideAsInNumPy() {
    for (JsonNode c : Fixture.read().get("ballots")) {
      int rows = c.get("winners").size();
      double[] weights = Fixture.doubles(c.get("weights"));
      Votes[] cast = new Votes[weights.length];
      for (int voter = 0; voter < cast.length; voter++) {
        int[] said = Fixture.ints(c.get("votes").get(voter));
        cast[voter] = Votes.of(c.get("labels").asInt(), rows, row -> said[row]);
      }
      Verdicts verdicts = Verdicts.empty(rows, c.get("labels").asInt());
      verdicts.decide(cast, Weight.all(weights), IntStream.range(0, rows).toArray());
      assertArrayEquals(Fixture.ints(c.get("winners")), verdicts.predicted());
      assertArrayEquals(Fixture.doubles(c.get("margins")), verdicts.margins(), 1e-12);
    }
  }

  private static SuperNeuron member(Neuron neuron, FittedRule fitted, double weight) {
    return new SuperNeuron(neuron, fitted, weight, 0.9, 0.8);
  }

  private static TaskSuperNeurons task(List<String> labels, SuperNeuron... members) {
    return TaskFixture.task("dogs", labels, level(members));
  }

  private static Level level(SuperNeuron... members) {
    return new Level(
        ModelLayer.ofDecoder(1), members[0].fitted().rule(), Voting.WEIGHTED, List.of(members));
  }

  /** A task whose rows get no prediction where the margin is below that. */
  private static TaskSuperNeurons abstaining(double below, SuperNeuron member) {
    return new TaskSuperNeurons(
        "dogs",
        Optional.empty(),
        List.of("no", "yes"),
        level(member),
        Cascade.NONE,
        Optional.empty(),
        Metric.ACCURACY,
        new Chosen(
            ChosenOn.VALIDATION,
            FittedOn.PROBE,
            below,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            LabelsFrom.COLUMN),
        Map.of(),
        Map.of(),
        Optional.empty());
  }
}
