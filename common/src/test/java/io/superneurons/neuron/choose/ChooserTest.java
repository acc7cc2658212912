package io.superneurons.neuron.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.score.Candidate;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.NeuronScore;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Voting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ways to pick and to weigh, on six probing and two validation rows with votes made by hand. */
class ChooserTest {
  private static final int[] GIVEN = {0, 0, 0, 1, 1, 1, 0, 1};
  private static final Slot SLOT = new Slot(Rule.ZERO, Confusion.NO_LABEL);

  private final TaskPlan plan =
      TaskPlan.of(
          TaskRows.ofDistinctImages("t", List.of("no", "yes"), GIVEN, new int[] {0, 6, 8, 8}),
          List.of(Rule.ZERO),
          Metric.ACCURACY,
          new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0));
  private final Map<Contender, Ballot> ballots = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();

  /** A neuron that is right on all rows but those. */
  private void neuron(int index, int... wrongRows) {
    List<Integer> wrong = Arrays.stream(wrongRows).boxed().toList();
    Neuron neuron = new Neuron(0, Site.MLP_POST, index);
    FittedRule rule = FittedRule.cut(Rule.ZERO, 1, 0);
    Votes votes =
        Votes.of(2, GIVEN.length, row -> wrong.contains(row) ? 1 - GIVEN[row] : GIVEN[row]);
    double probe = 1 - wrong.stream().filter(row -> row < 6).count() / 6.0;
    candidates.add(
        Candidate.of(
            neuron,
            TaskPlan.MAIN,
            new NeuronScore(rule, new double[] {probe}, 1, 1, new double[1])));
    ballots.put(new Contender(TaskPlan.MAIN, SLOT, neuron), new Ballot(rule, votes));
  }

  private Chooser chooser() {
    Rankings rankings = new Rankings(plan);
    rankings.add(TaskPlan.MAIN, plan.slots().get(0), candidates);
    rankings.sort();
    return new Chooser(plan, rankings, ballots);
  }

  private static Choice choice(Voting voting, Picking picking) {
    return Choice.untried(Rule.ZERO, voting, ModelLayer.ofDecoder(0), picking);
  }

  private List<Integer> picked(Picking picking) {
    return chooser().ensemble(choice(Voting.MAJORITY, picking)).members().stream()
        .map(member -> member.contender().neuron().index())
        .toList();
  }

  @Test
  void greedyTakesWhatTheOthersMissBeforeWhatRepeatsThem() {
    neuron(0, 0);
    neuron(1, 0);
    neuron(2, 0);
    neuron(3, 1, 4);
    assertEquals(List.of(0, 1, 2), picked(Picking.topK(3)));
    assertEquals(List.of(0, 3, 1), picked(Picking.greedy(3)));
  }

  @Test
  void aThresholdTakesAllThatReachItUpToTheLimit() {
    neuron(0);
    neuron(1, 2);
    neuron(2, 3);
    neuron(3, 1, 4);
    assertEquals(List.of(0, 1, 2), picked(Picking.above(5 / 6.0, 127)));
    assertEquals(List.of(0, 1), picked(Picking.above(5 / 6.0, 2)));
    assertTrue(picked(Picking.above(1.01, 127)).isEmpty());
  }

  @Test
  void aWayWithoutNeuronsIsNoChoice() {
    neuron(0, 2);
    ChoiceSpace space =
        new ChoiceSpace(
            List.of(Rule.ZERO),
            List.of(Voting.MAJORITY),
            List.of(ModelLayer.ofDecoder(0)),
            List.of(Picking.above(0.9, 127)),
            Tolerance.of(0.0));
    assertTrue(chooser().all(space).isEmpty());
    assertEquals(0.5, chooser().run(space).score(), "as good as guessing");
    assertEquals(5 / 6.0, chooser().run(space).bestNeuron());
  }

  @Test
  void logOddsAreThoseOfARightVoteEachCountPlusOne() {
    neuron(0);
    neuron(1, 1, 4);
    neuron(2, 0, 1, 2, 4);
    double[] weights =
        Arrays.stream(chooser().ensemble(choice(Voting.LOG_ODDS, Picking.topK(3))).evidence())
            .mapToDouble(Evidence::weight)
            .toArray();
    assertEquals(Math.log(7 / 1.0), weights[0], 1e-6);
    assertEquals(Math.log(5 / 3.0), weights[1], 1e-6);
    assertEquals(0x1p-20, weights[2], 0, "no vote weighs nothing or less");
  }

  @Test
  void aLayersBestIsBetterThanItsTolerableOnes() {
    Choice early =
        new Choice(Rule.ZERO, Voting.MAJORITY, ModelLayer.ofDecoder(0), Picking.topK(3), 0.8, 0.9);
    Choice better =
        new Choice(Rule.ZERO, Voting.MAJORITY, ModelLayer.ofDecoder(0), Picking.topK(1), 0.9, 0.8);
    Choice later =
        new Choice(Rule.ZERO, Voting.WEIGHTED, ModelLayer.ofDecoder(1), Picking.topK(5), 0.95, 0.9);
    List<Choice> all = List.of(early, better, later);
    assertEquals(better, Chooser.bestAt(all, ModelLayer.ofDecoder(0)));
    assertEquals(later, Chooser.best(all));
    assertEquals(better, Chooser.choose(all, Tolerance.of(0.1)));
  }

  @Test
  void withinOneErrorTheEarliestExitAndTheSimplestVoteAreTaken() {
    Tolerance oneError = Tolerance.ofOneError(400);
    assertEquals(Math.sqrt(402 / 404.0 * 2 / 404.0 / 404), oneError.below(1), 1e-15);
    List<Choice> all =
        List.of(
            scored(Voting.MAJORITY, 0, 0.98),
            scored(Voting.RIDGE, 1, 1),
            scored(Voting.MAJORITY, 1, 0.9975),
            scored(Voting.MAJORITY, 1, 0.9),
            scored(Voting.MAJORITY, 2, 1));
    assertEquals(all.get(2), Chooser.choose(all, oneError));
    assertEquals(all.get(1), Chooser.choose(all, Tolerance.of(0)));
  }

  /** A layer's best is what would be chosen if there were no other layer. */
  @Test
  void ofALayersEqualsTheSimplestVoteIsTaken() {
    Choice wide = withMost(Voting.MAJORITY, 9, 0.9);
    List<Choice> all =
        List.of(
            withMost(Voting.WEIGHTED, 15, 0.9),
            withMost(Voting.MAJORITY, 5, 0.9),
            wide,
            withMost(Voting.MAJORITY, 31, 0.8),
            scored(Voting.MAJORITY, 1, 0.9));
    assertEquals(wide, Chooser.bestAt(all, ModelLayer.ofDecoder(0)));
    assertEquals(wide, Chooser.choose(all, Tolerance.of(0)));
  }

  @Test
  void theExitPlanHasTheChoiceThatIsMade() {
    for (int index = 0; index < 3; index++) {
      neuron(index);
    }
    ChoiceSpace space =
        new ChoiceSpace(
            List.of(Rule.ZERO),
            List.of(Voting.WEIGHTED, Voting.MAJORITY),
            List.of(ModelLayer.ofDecoder(0)),
            List.of(Picking.topK(1), Picking.topK(3)),
            Tolerance.of(0));
    Chooser chooser = chooser();
    List<Choice> all = chooser.all(space);
    Choice choice = Chooser.choose(all, space.tolerance());
    assertEquals(Voting.MAJORITY, choice.voting());
    assertEquals(Voting.WEIGHTED, Chooser.best(all).voting(), "as good, and earlier in the space");
    ExitPoint exit = chooser.exitPlan(all).get(0);
    assertEquals(choice.voting(), exit.voting());
    assertEquals(choice.picking(), exit.picking());
  }

  /**
   * Whatever the neurons, a run that asks the probing rows little comes to what asking all does.
   */
  @Test
  void aRunHasTheScoreOfTheChoice() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      ballots.clear();
      candidates.clear();
      for (int index = 0; index < 7; index++) {
        neuron(index, random.ints(random.nextInt(5), 0, 8).distinct().toArray());
      }
      ChoiceSpace space =
          new ChoiceSpace(
              List.of(Rule.ZERO),
              List.of(Voting.MAJORITY, Voting.WEIGHTED, Voting.NAIVE_BAYES),
              List.of(ModelLayer.ofDecoder(0)),
              List.of(Picking.topK(1), Picking.topK(4), Picking.greedy(3), Picking.topK(7)),
              Tolerance.of(round % 3 * 0.26));
      Choice choice = Chooser.choose(chooser().all(space), space.tolerance());
      assertEquals(choice.score(), chooser().run(space).score());
    }
  }

  private static Choice withMost(Voting voting, int most, double score) {
    Picking picking = Picking.topK(most);
    return new Choice(Rule.ZERO, voting, ModelLayer.ofDecoder(0), picking, score, score);
  }

  private static Choice scored(Voting voting, int layer, double score) {
    ModelLayer exitLayer = ModelLayer.ofDecoder(layer);
    return new Choice(Rule.ZERO, voting, exitLayer, Picking.topK(3), score, score);
  }
}
