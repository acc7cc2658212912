package io.superneurons.model;

import static io.superneurons.model.Closeness.assertClose;
import static io.superneurons.model.Closeness.cosine;
import static io.superneurons.model.FixtureRows.manyQuestionsOnEachImage;
import static io.superneurons.model.FixtureRows.open;
import static io.superneurons.model.FixtureRows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.ModelPass;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every family must do, on fixtures whose values Hugging Face transformers computed. */
class FamilyContractTest {
  /** Of the largest absolute value of a golden vector. */
  private static final double TOLERANCE = 1e-4;

  static Stream<Fixture> fixtures() {
    return Fixture.everyFamily();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everySiteOfEveryLayerEqualsTransformers(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      List<LayerSite> columns = model.description().layout().columns();
      for (Fixture.Case c : fixture.cases()) {
        RowOutput output =
            model.run(List.of(row(fixture, model, c)), Capture.of(columns), Set.of()).get(0);
        assertEquals(columns.size(), output.activations().size());
        assertNull(output.firstNotFinite());
        for (LayerSite column : columns) {
          assertGolden(fixture, c, column, output.activations().get(column), TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void logitsEqualTransformers(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      for (Fixture.Case c : fixture.cases()) {
        float[] golden = fixture.golden("case" + c.index() + ".logits").values();
        float[] logits = model.logits(row(fixture, model, c));
        assertClose(golden, logits, TOLERANCE, fixture + " " + c + " logits");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void greedyIdsEqualTransformers(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      List<Fixture.Case> cases = fixture.cases();
      List<RowInput> rows = cases.stream().map(c -> row(fixture, model, c)).toList();
      Capture capture = Capture.withAnswer(List.of(), longestAnswer(cases));
      List<RowOutput> outputs = model.run(rows, capture, fixture.endTokens());
      for (Fixture.Case c : cases) {
        assertArrayEquals(c.generatedIds(), outputs.get(c.index()).answerIds(), c.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aRowAloneEqualsTheSameRowAmongOthers(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      List<LayerSite> columns = model.description().layout().columns();
      Capture capture = Capture.withAnswer(columns, 4);
      List<RowInput> rows = manyQuestionsOnEachImage(fixture, model);
      List<RowOutput> together = model.run(rows, capture, Set.of());
      for (int i = 0; i < rows.size(); i++) {
        RowOutput alone = model.run(List.of(rows.get(i)), capture, Set.of()).get(0);
        assertArrayEquals(alone.answerIds(), together.get(i).answerIds());
        for (LayerSite column : columns) {
          assertClose(
              alone.activations().get(column),
              together.get(i).activations().get(column),
              TOLERANCE,
              fixture + " row " + i + " " + column);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void rowsThatPartOnTheWayDownGiveWhatTheyGiveAlone(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      List<LayerSite> columns = model.description().layout().columns();
      Capture capture = Capture.withAnswer(columns, 4);
      List<RowInput> rows = manyQuestionsOnEachImage(fixture, model);
      List<RowOutput> alone = model.run(rows, capture, Set.of());
      int[] deeper = IntStream.range(0, rows.size()).filter(row -> row % 3 != 0).toArray();
      int[] answered = IntStream.range(0, deeper.length).filter(row -> row % 2 == 0).toArray();
      try (ModelPass pass = model.start(rows, capture)) {
        pass.descend(ModelLayer.ofDecoder(0));
        for (int row = 0; row < rows.size(); row++) {
          assertSameUpTo(ModelLayer.ofDecoder(0), alone.get(row), pass.activations().get(row));
        }
        pass.only(deeper);
        pass.descend(ModelLayer.ofDecoder(1));
        for (int i = 0; i < deeper.length; i++) {
          assertSameUpTo(ModelLayer.ofDecoder(1), alone.get(deeper[i]), pass.activations().get(i));
        }
        pass.only(answered);
        List<long[]> answers = pass.answer(Set.of());
        assertEquals(answered.length, pass.rows());
        for (int i = 0; i < answered.length; i++) {
          RowOutput expected = alone.get(deeper[answered[i]]);
          assertArrayEquals(expected.answerIds(), answers.get(i));
          assertSameUpTo(ModelLayer.ofDecoder(9999), expected, pass.activations().get(i));
        }
      }
    }
  }

  private static void assertSameUpTo(
      ModelLayer layer, RowOutput expected, SortedMap<LayerSite, float[]> actual) {
    expected
        .activations()
        .forEach(
            (column, values) -> {
              boolean passed = column.modelLayer().compareTo(layer) <= 0;
              assertEquals(passed, actual.containsKey(column), column.toString());
              if (passed) {
                assertClose(values, actual.get(column), TOLERANCE, column.toString());
              }
            });
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aTruncatedModelEqualsTheFullOne(Fixture fixture) {
    for (ModelLayer exit : ModelDescription.of(fixture.checkpoint()).layout().captured()) {
      ModelOptions options = TestDevice.exact().withDepth(Depth.upTo(exit));
      try (VisionLanguageModel model = open(fixture, options)) {
        List<LayerSite> columns =
            model.description().layout().columns().stream()
                .filter(column -> column.modelLayer().compareTo(exit) <= 0)
                .toList();
        List<RowInput> rows = manyQuestionsOnEachImage(fixture, model);
        List<RowOutput> outputs = model.run(rows, Capture.of(columns), Set.of());
        for (Fixture.Case c : fixture.cases()) {
          for (LayerSite column : columns) {
            float[] actual = outputs.get(c.index()).activations().get(column);
            assertGolden(fixture, c, column, actual, TOLERANCE);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void rowsThatPartInTheTowerGiveWhatTheyGiveAlone(Fixture fixture) {
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      Capture capture = Capture.withAnswer(model.description().layout().columns(), 4);
      List<RowInput> rows = manyQuestionsOnEachImage(fixture, model);
      List<RowOutput> alone = model.run(rows, capture, Set.of());
      ModelLayer first = ModelLayer.ofTower(0);
      ModelLayer last = ModelLayer.ofTower(model.description().layout().tower().layers() - 1);
      int[] deeper = // without the image of the first row, and with all rows of the others
          IntStream.range(0, rows.size())
              .filter(row -> rows.get(row).image() != rows.get(0).image())
              .toArray();
      try (ModelPass pass = model.start(rows, capture)) {
        pass.descend(first);
        for (int row = 0; row < rows.size(); row++) {
          assertSameUpTo(first, alone.get(row), pass.activations().get(row));
        }
        pass.only(deeper);
        pass.descend(last);
        for (int i = 0; i < deeper.length; i++) {
          assertSameUpTo(last, alone.get(deeper[i]), pass.activations().get(i));
        }
        pass.only(new int[] {deeper.length - 1});
        RowOutput expected = alone.get(deeper[deeper.length - 1]);
        assertArrayEquals(expected.answerIds(), pass.answer(Set.of()).get(0));
        assertSameUpTo(ModelLayer.ofDecoder(9999), expected, pass.activations().get(0));
      }
    }
  }

  @Test
  void everyBundledFixtureHasValuesOfTheTower() {
    assertTrue(Fixture.bundled().allMatch(Fixture::hasTower));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void bfloat16PointsTheSameWay(Fixture fixture) {
    ModelOptions options = TestDevice.exact().withComputeType(ComputeType.BFLOAT16);
    try (VisionLanguageModel model = open(fixture, options)) {
      List<LayerSite> columns = model.description().layout().columns();
      List<RowInput> rows = fixture.cases().stream().map(c -> row(fixture, model, c)).toList();
      List<RowOutput> outputs = model.run(rows, Capture.of(columns), Set.of());
      for (Fixture.Case c : fixture.cases()) {
        RowOutput output = outputs.get(c.index());
        for (LayerSite column :
            columns.stream().filter(of -> Golden.isKnown(fixture, of)).toList()) {
          float[] golden = Golden.of(fixture, c, column);
          double cosine = cosine(golden, output.activations().get(column));
          assertTrue(
              cosine > fixture.bfloat16Cosine(),
              fixture + " " + c + " " + column + ": cosine " + cosine);
        }
      }
    }
  }

  private static int longestAnswer(List<Fixture.Case> cases) {
    return cases.stream().mapToInt(c -> c.generatedIds().length).max().orElseThrow();
  }

  private static void assertGolden(
      Fixture fixture, Fixture.Case c, LayerSite column, float[] actual, double tolerance) {
    if (Golden.isKnown(fixture, column)) {
      String what = fixture + " " + c + " " + column;
      assertClose(Golden.of(fixture, c, column), actual, tolerance, what);
    }
  }
}
