package io.superneurons.neuron.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.Neuron;
import io.superneurons.activation.Site;
import io.superneurons.neuron.Fixture;
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
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Verdicts;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Voting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What neurons add to labels, beside scikit-learn; the first 60 rows fit. */
class EvidenceTest {
  private static final int FIT = 60;

  /** Tables are rounded to thousandths, of which seven neurons add up. */
  private static final double ROUNDED = 7 * 0x1p-10;

  private final Map<Contender, Ballot> ballots = new HashMap<>();
  private final List<Rankings.Place> members = new ArrayList<>();

  @Test
  void naiveBayesAddsUpWhatScikitLearnDoes() {
    for (JsonNode c : Fixture.read("evidence.json").get("naive_bayes")) {
      for (Metric metric : List.of(Metric.ACCURACY, Metric.BALANCED_ACCURACY)) {
        Verdicts verdicts = verdicts(c, metric, Voting.NAIVE_BAYES);
        JsonNode expected = c.get("log_odds").get(metric.label());
        for (int row = 0; row < expected.size(); row++) {
          double[] sums = verdicts.weights()[row];
          double[] odds = Fixture.doubles(expected.get(row));
          for (int label = 0; label < odds.length; label++) {
            assertEquals(odds[label], sums[label] - sums[0], ROUNDED, metric + ", row " + row);
          }
          double lead = lead(odds);
          if (lead > 2 * ROUNDED) {
            int most =
                IntStream.range(0, odds.length).reduce(0, (a, b) -> odds[b] > odds[a] ? b : a);
            assertEquals(most, verdicts.predicted()[row]);
          }
          assertTrue(verdicts.margins()[row] >= 0 && verdicts.margins()[row] <= 1);
        }
      }
    }
  }

  @Test
  void ridgeAddsUpWhatScikitLearnDoes() {
    for (JsonNode c : Fixture.read("evidence.json").get("ridge")) {
      Verdicts verdicts = verdicts(c, Metric.ACCURACY, Voting.RIDGE);
      for (int row = 0; row < c.get("sums").size(); row++) {
        double[] expected = Fixture.doubles(c.get("sums").get(row));
        double[] sums = verdicts.weights()[row];
        for (int label = 0; label < expected.length; label++) {
          assertEquals(expected[label], sums[label], 1e-9, "row " + row);
        }
        assertEquals(Math.min(1, lead(expected) / 2), verdicts.margins()[row], 1e-9);
      }
    }
  }

  private static double lead(double[] sums) {
    double[] sorted = Arrays.stream(sums).sorted().toArray();
    return sorted[sorted.length - 1] - sorted[sorted.length - 2];
  }

  private Verdicts verdicts(JsonNode c, Metric metric, Voting voting) {
    int[] given = Fixture.ints(c.get("given"));
    int labels = c.get("labels").asInt();
    List<String> names = IntStream.range(0, labels).mapToObj(label -> "label " + label).toList();
    boolean detect = c.path("detectors").asBoolean();
    Rule rule = detect ? Rule.ONE_VS_REST : Rule.NEAREST_MEAN;
    TaskPlan plan =
        TaskPlan.of(
            TaskRows.ofDistinctImages(
                "t", names, given, new int[] {0, FIT, given.length, given.length}),
            List.of(rule),
            metric,
            new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE, 0));
    ballots.clear();
    members.clear();
    for (int neuron = 0; neuron < c.path(c.has("votes") ? "votes" : "values").size(); neuron++) {
      member(c, neuron, detect, labels, given.length);
    }
    FitRows fit = FitRows.of(plan, TaskPlan.MAIN, ballots);
    return Ensemble.of(members, voting, fit).verdicts(ballots, given.length, labels);
  }

  private void member(JsonNode c, int index, boolean detects, int labels, int rows) {
    int[] votes = c.has("votes") ? Fixture.ints(c.get("votes").get(index)) : new int[rows];
    float[] values = c.has("values") ? Fixture.floats(c.get("values").get(index)) : new float[0];
    int detected = detects ? index % labels : Confusion.NO_LABEL;
    Slot slot = new Slot(detects ? Rule.ONE_VS_REST : Rule.NEAREST_MEAN, detected);
    FittedRule rule =
        detects ? FittedRule.detector(detected, 1, 0) : FittedRule.nearestMean(new double[labels]);
    Neuron neuron = new Neuron(0, Site.MLP_POST, index);
    Contender contender = new Contender(TaskPlan.MAIN, slot, neuron);
    ballots.put(contender, new Ballot(rule, Votes.of(labels, rows, row -> votes[row]), values));
    members.add(new Rankings.Place(contender, Candidate.unscored(neuron)));
  }
}
