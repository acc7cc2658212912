package io.superneurons.neuron.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.activation.Float16;
import io.superneurons.neuron.Fixture;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.values.FloatValues;
import io.superneurons.neuron.values.HalfValues;
import io.superneurons.neuron.values.Keys;
import io.superneurons.neuron.values.LabelledKeys;
import io.superneurons.neuron.values.NeuronValues;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a search over every cut with scikit-learn's metrics, from values as they are stored. */
public class RuleFitterTest {
  private static final int NONE = Confusion.NO_LABEL;

  @ParameterizedTest
  @EnumSource
  void twoWayRulesFindWhatASearchOverAllCutsFinds(Keys type) {
    for (JsonNode example : Fixture.read().get("rules")) {
      LabelledKeys sorted = sorted(type, example);
      for (Metric metric : Metric.values()) {
        List<Slot> slots = Rule.tried(2).stream().map(rule -> new Slot(rule, NONE)).toList();
        Fit fit = new RuleFitter(slots, 2, metric).fit(sorted, type);
        assertArrayEquals(Fixture.doubles(example.get("means")), fit.means(), 1e-12);
        for (int slot = 0; slot < slots.size(); slot++) {
          Rule rule = slots.get(slot).rule();
          JsonNode expected = example.get("fitted").get(metric.label()).get(rule.label());
          FittedRule fitted = fit.rules()[slot];
          String which = metric + " " + rule + " of " + example.get("values");
          assertEquals(expected.get("threshold").asDouble(), fitted.thresholds()[0], 0, which);
          assertEquals(expected.get("polarity").asInt(), fitted.polarity(), which);
          assertEquals(expected.get("score").asDouble(), fit.scores()[slot], 1e-12, which);
          assertEquals(example.get("auc").asDouble(), fit.aucs()[slot], 1e-12, which);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void detectorsFindWhatASearchOverAllCutsFinds(Keys type) {
    for (JsonNode example : Fixture.read().get("detectors")) {
      int labels = example.get("labels").asInt();
      List<Slot> slots =
          Stream.of(Rule.ONE_VS_REST, Rule.NEAREST_MEAN)
              .flatMap(rule -> Slot.of(rule, labels).stream())
              .toList();
      Fit fit = new RuleFitter(slots, labels, Metric.ACCURACY).fit(sorted(type, example), type);
      assertArrayEquals(Fixture.doubles(example.get("means")), fit.means(), 1e-12);
      for (int label = 0; label < labels; label++) {
        JsonNode expected = example.get("cuts").get(label);
        FittedRule fitted = fit.rules()[label];
        String which = "label " + label + " of " + example;
        assertEquals(expected.get("threshold").asDouble(), fitted.thresholds()[0], 0, which);
        assertEquals(expected.get("polarity").asInt(), fitted.polarity(), which);
        assertEquals(expected.get("score").asDouble(), fit.scores()[label], 1e-12, which);
        assertEquals(example.get("aucs").get(label).asDouble(), fit.aucs()[label], 1e-12, which);
      }
      assertEquals(example.get("mean_auc").asDouble(), fit.aucs()[labels], 1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNearestMeanWinsAndTheEarlierOnATie(Keys type) {
    int[] given = {0, 0, 1, 1, 2, 2};
    FittedRule fitted = fit(type, Rule.NEAREST_MEAN, 3, given, 0, 2, 9, 11, 20, 20).rules()[0];
    assertArrayEquals(new double[] {1, 10, 20}, fitted.means());
    assertEquals(0, fitted.vote(5.5));
    assertEquals(1, fitted.vote(5.6));
    assertEquals(2, fitted.vote(1e9));
    assertEquals(0, fitted.vote(-1e9));
    assertEquals(NONE, fitted.vote(Double.NaN));
    FittedRule equal = fit(type, Rule.NEAREST_MEAN, 3, given, 5, 5, 1, 1, 5, 5).rules()[0];
    assertEquals(0, equal.vote(9));
    assertEquals(0, equal.vote(3), "as far from 1 as from 5");
    assertEquals(1, equal.vote(2));
  }

  @ParameterizedTest
  @EnumSource
  void aDetectorVotesForItsLabelOrNotAtAll(Keys type) {
    Fit fit = fit(type, Rule.ONE_VS_REST, 3, new int[] {0, 0, 1, 1, 2, 2}, 0, 1, 5, 6, 2, 3);
    FittedRule high = fit.rules()[1];
    assertEquals(1, high.polarity());
    assertArrayEquals(new double[] {4}, high.thresholds());
    assertEquals(1, high.vote(4.5));
    assertEquals(NONE, high.vote(4));
    FittedRule low = fit.rules()[0];
    assertEquals(-1, low.polarity());
    assertEquals(0, low.vote(0));
  }

  @ParameterizedTest
  @EnumSource
  void constantNeuronsAndNaNAreNotUsable(Keys type) {
    int[] given = {0, 1, 0};
    assertNotNull(fit(type, Rule.BEST_CUT, 2, given, 1, 2, 1).rules()[0]);
    assertNull(fit(type, Rule.BEST_CUT, 2, given, 1, 1, 1).rules()[0]);
    assertNull(fit(type, Rule.BEST_CUT, 2, given, 0f, -0f, 0f).rules()[0]);
    assertNull(fit(type, Rule.BEST_CUT, 2, given, 1, Float.NaN, 2).rules()[0]);
    assertNull(fit(type, Rule.BEST_CUT, 2, given, 1, -Float.NaN, 2).rules()[0]);
    assertNull(fit(type, Rule.BEST_CUT, 2, given, 1, Float.POSITIVE_INFINITY, 2).rules()[0]);
    assertNull(fit(type, Rule.ONE_VS_REST, 3, new int[] {0, 1, 2}, 7, 7, 7).rules()[0]);
  }

  private static Fit fit(Keys type, Rule rule, int labels, int[] given, float... values) {
    return new RuleFitter(Slot.of(rule, labels), labels, Metric.ACCURACY)
        .fit(sorted(type, values, given), type);
  }

  private static LabelledKeys sorted(Keys type, JsonNode example) {
    return sorted(type, Fixture.floats(example.get("values")), Fixture.ints(example.get("given")));
  }

  private static LabelledKeys sorted(Keys type, float[] values, int[] given) {
    int[] byLabel =
        IntStream.range(0, given.length)
            .boxed()
            .sorted((a, b) -> given[a] - given[b])
            .mapToInt(Integer::intValue)
            .toArray();
    int[] labels = IntStream.of(byLabel).map(row -> given[row]).toArray();
    LabelledKeys sorted = new LabelledKeys();
    values(type, values).sort(byLabel, labels, sorted);
    return sorted;
  }

  public static NeuronValues values(Keys type, float[] values) {
    if (type == Keys.FLOAT32) {
      int[] keys = new int[values.length];
      IntStream.range(0, keys.length).forEach(i -> keys[i] = Keys.ofFloat(values[i]));
      return new FloatValues(keys, new FloatValues.Scratch());
    }
    short[] keys = new short[values.length];
    IntStream.range(0, keys.length)
        .forEach(i -> keys[i] = Keys.ofHalf(Float16.fromFloat(values[i])));
    return new HalfValues(keys, new HalfValues.Scratch());
  }
}
