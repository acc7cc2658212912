package io.superneurons.neuron.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.chosen.HeldOut;
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
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Voting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What {@code label --target-accuracy} goes by is no better than the choice is worth: simulated on
 * tasks of 60 layers with one neuron each, all of them right on 70% of the rows.
 */
class HeldOutTest {
  private static final int TASKS = 100;
  private static final int LAYERS = 60;
  private static final int PROBING = 4;
  private static final int ROWS = PROBING + 100;
  private static final double WORTH = 0.7;
  private static final Slot SLOT = new Slot(Rule.ZERO, Confusion.NO_LABEL);

  @Test
  void heldOutRowsHadNoSayInTheChoice() {
    double best = 0;
    double right = 0;
    for (int task = 0; task < TASKS; task++) {
      TaskPlan plan = plan(new Random(task));
      Chooser chooser = chooser(plan, new Random(-task - 1));
      ChoiceSpace space =
          new ChoiceSpace(
              List.of(Rule.ZERO),
              List.of(Voting.MAJORITY),
              IntStream.range(0, LAYERS).mapToObj(ModelLayer::ofDecoder).toList(),
              List.of(Picking.topK(1)),
              Tolerance.of(0.0));
      List<Choice> choices = chooser.all(space);
      Choice choice = Chooser.choose(choices, space.tolerance());
      best += Chooser.best(choices).score() / TASKS;
      HeldOut heldOut =
          new CascadeLevels(plan, chooser)
              .heldOut(choices, List.of(choice), space.tolerance(), Optional.empty());
      assertEquals(ROWS - PROBING, heldOut.total());
      for (int kind = 0; kind < heldOut.rows().length; kind++) {
        right += heldOut.right()[0][kind] ? heldOut.rows()[kind] : 0;
      }
    }
    double share = right / (ROWS - PROBING) / TASKS;
    System.out.printf(Locale.ROOT, "best %.3f, held out %.3f%n", best, share);
    assertTrue(best > WORTH + 0.05, "the best of many is at " + best);
    double error = 3 * Math.sqrt(WORTH * (1 - WORTH) / (ROWS - PROBING) / TASKS);
    assertEquals(WORTH, share, error);
  }

  private static TaskPlan plan(Random random) {
    int[] given = random.ints(ROWS, 0, 2).toArray();
    given[0] = 0;
    given[1] = 1;
    TaskRows rows =
        TaskRows.ofDistinctImages(
            "t", List.of("a", "b"), given, new int[] {0, PROBING, ROWS, ROWS});
    Scheme scheme = new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0);
    return TaskPlan.of(rows, List.of(Rule.ZERO), Metric.ACCURACY, scheme);
  }

  /** The neuron of a layer ranks before those of earlier layers. */
  private static Chooser chooser(TaskPlan plan, Random random) {
    Map<Contender, Ballot> ballots = new HashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    FittedRule rule = FittedRule.cut(Rule.ZERO, 1, 0);
    int[] given = plan.rows().given();
    for (int layer = 0; layer < LAYERS; layer++) {
      int[] said = new int[ROWS];
      for (int row = 0; row < ROWS; row++) {
        said[row] = random.nextDouble() < WORTH ? given[row] : 1 - given[row];
      }
      Neuron neuron = new Neuron(layer, Site.MLP_POST, 0);
      double score = 0.5 + layer / 1000.0;
      NeuronScore scores = new NeuronScore(rule, new double[] {score}, 1, 1, new double[1]);
      candidates.add(Candidate.of(neuron, TaskPlan.MAIN, scores));
      Votes votes = Votes.of(2, ROWS, row -> said[row]);
      ballots.put(new Contender(TaskPlan.MAIN, SLOT, neuron), new Ballot(rule, votes));
    }
    Rankings rankings = new Rankings(plan);
    rankings.add(TaskPlan.MAIN, plan.slots().get(0), candidates);
    rankings.sort();
    return new Chooser(plan, rankings, ballots);
  }
}
