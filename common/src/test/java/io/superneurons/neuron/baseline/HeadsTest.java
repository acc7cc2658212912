package io.superneurons.neuron.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.neuron.Fixture;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attention heads as baselines, beside what the published code makes of the same vectors. */
class HeadsTest {
  /** Probabilities are kept as float32. */
  private static final double CLOSE = 1e-5;

  @Test
  void gaussianHeadsAreThoseOfHec() {
    for (JsonNode c : Fixture.read("heads.json").get("cases")) {
      TaskPlan plan = plan(c);
      List<GaussianHead> heads =
          vectors(c).stream()
              .map(v -> GaussianHead.of(plan.finalTrial(), v.atLengthOne(), plan))
              .toList();
      double[] scores = Fixture.doubles(c.get("hec").get("scores"));
      for (int head = 0; head < scores.length; head++) {
        assertEquals(scores[head], heads.get(head).fit(), CLOSE, "head " + head);
      }
      List<GaussianHead> best =
          heads.stream().sorted(GaussianHead.BEST_FIRST).limit(GaussianHead.VOTERS).toList();
      Verdicts verdicts = GaussianHead.vote(heads, plan);
      int row = plan.rows().start(TaskRows.TEST);
      for (JsonNode expected : c.get("hec").get("test")) {
        same(expected, verdicts, row++, best.size());
      }
    }
  }

  @Test
  void reliableHeadsAreThoseOfCalm() {
    for (JsonNode c : Fixture.read("heads.json").get("cases")) {
      TaskPlan plan = plan(c);
      List<ReliableHeads> parts = new ArrayList<>();
      for (HeadVectors vectors : vectors(c)) {
        if (vectors.head() % 4 == 0) {
          parts.add(new ReliableHeads(plan));
        }
        parts.get(parts.size() - 1).add(vectors, vectors.atLengthOne(), plan);
      }
      Verdicts verdicts = ReliableHeads.vote(parts, plan);
      int row = 0;
      for (JsonNode expected : c.get("calm").get("sums")) {
        same(expected, verdicts, row++, 1);
      }
    }
  }

  /** What is expected of one voter, and what many add up. */
  private static void same(JsonNode expected, Verdicts verdicts, int row, int voters) {
    double[] sums = Fixture.doubles(expected);
    for (int label = 0; label < sums.length; label++) {
      assertEquals(sums[label], verdicts.weights()[row][label] / voters, CLOSE, "row " + row);
    }
    int most = IntStream.range(1, sums.length).reduce(0, (a, b) -> sums[b] > sums[a] ? b : a);
    assertEquals(most, verdicts.predicted()[row], "row " + row);
  }

  private static TaskPlan plan(JsonNode c) {
    List<String> labels =
        IntStream.range(0, c.get("labels").asInt()).mapToObj(i -> "label " + i).toList();
    return TaskPlan.of(
        TaskRows.ofDistinctImages(
            "t", labels, Fixture.ints(c.get("given")), Fixture.ints(c.get("sets"))),
        List.of(Rule.NEAREST_MEAN),
        Metric.ACCURACY,
        new Scheme(Optional.of(ChosenOn.VALIDATION), FittedOn.PROBE_AND_VALIDATION, 0));
  }

  private static List<HeadVectors> vectors(JsonNode c) {
    JsonNode rows = c.get("vectors");
    int layers = c.get("layers").asInt();
    int heads = c.get("heads").asInt();
    int width = rows.get(0).size() / layers / heads;
    List<HeadVectors> all = new ArrayList<>();
    for (int head = 0; head < layers * heads; head++) {
      float[][] dimensions = new float[width][rows.size()];
      for (int d = 0; d < width; d++) {
        for (int row = 0; row < rows.size(); row++) {
          dimensions[d][row] = (float) rows.get(row).get(head * width + d).asDouble();
        }
      }
      all.add(HeadVectors.of(head / heads, head % heads, dimensions));
    }
    return all;
  }
}
