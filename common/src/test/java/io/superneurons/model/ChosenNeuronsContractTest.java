package io.superneurons.model;

import static io.superneurons.model.FixtureRows.manyQuestionsOnEachImage;
import static io.superneurons.model.FixtureRows.open;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That chosen neurons alone are what transformers computed, in every family and at every site. */
class ChosenNeuronsContractTest {
  /** Of the largest absolute value of a golden vector. */
  private static final double TOLERANCE = 1e-4;

  static Stream<Fixture> fixtures() {
    return Fixture.everyFamily();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void chosenNeuronsEqualTransformers(Fixture fixture) {
    ActivationLayout layout = ModelDescription.of(fixture.checkpoint()).layout();
    try (VisionLanguageModel model = open(fixture, TestDevice.exact())) {
      List<RowInput> many = manyQuestionsOnEachImage(fixture, model);
      List<RowInput> rows = many.subList(0, Math.min(many.size(), fixture.cases().size() + 2));
      for (int exit : new int[] {0, layout.layers() - 1}) {
        for (Capture capture : choices(layout, exit)) {
          List<RowOutput> outputs = model.run(rows, capture, Set.of());
          for (Fixture.Case c : fixture.cases()) {
            assertChosen(fixture, c, capture, outputs.get(c.index()));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void chosenNeuronsOfTheTowerEqualTransformers(Fixture fixture) {
    ActivationLayout layout = ModelDescription.of(fixture.checkpoint()).layout();
    for (int exit : layout.tower().captured()) {
      ModelOptions options = TestDevice.exact().withDepth(Depth.upTo(ModelLayer.ofTower(exit)));
      try (VisionLanguageModel model = open(fixture, options)) {
        List<RowInput> rows =
            manyQuestionsOnEachImage(fixture, model).stream()
                .map(row -> RowInput.ofImage(row.image()))
                .toList();
        for (Capture capture : towerChoices(layout, exit)) {
          List<RowOutput> outputs = model.run(rows, capture, Set.of());
          for (Fixture.Case c : fixture.cases()) {
            assertChosen(fixture, c, capture, outputs.get(c.index()));
          }
        }
      }
    }
  }

  /** Each site of the exit layer alone, some of its neurons and all; then some of all sites. */
  private static List<Capture> towerChoices(ActivationLayout layout, int exit) {
    List<Capture> choices = new ArrayList<>();
    Map<LayerSite, SiteNeurons> together = new TreeMap<>();
    layout
        .widths()
        .usual()
        .forEach(
            (site, width) -> {
              if (site.part() == Part.TOWER) {
                LayerSite column = new LayerSite(exit, site);
                SiteNeurons some = SiteNeurons.of(new TreeSet<>(Set.of(1, width / 2, width - 2)));
                choices.add(Capture.ofNeurons(Map.of(column, some)));
                choices.add(Capture.of(List.of(column)));
                together.put(column, some);
              }
            });
    choices.add(Capture.ofNeurons(together));
    return choices;
  }

  /**
   * One site, two and all three of the exit layer, some of their neurons; and of a layer before. A
   * layer of experts may have no {@code mlp_post}.
   */
  private static List<Capture> choices(ActivationLayout layout, int exit) {
    int heads = layout.width(new LayerSite(exit, Site.ATTN_Z));
    SiteNeurons oneHead = SiteNeurons.of(new TreeSet<>(Set.of(heads - 2, heads - 1)));
    SiteNeurons twoHeads = SiteNeurons.of(new TreeSet<>(Set.of(1, heads - 3)));
    SiteNeurons residual = SiteNeurons.of(new TreeSet<>(Set.of(2, 5)));
    LayerSite attnZ = new LayerSite(exit, Site.ATTN_Z);
    LayerSite residPost = new LayerSite(exit, Site.RESID_POST);
    List<Capture> choices =
        new ArrayList<>(
            List.of(
                Capture.ofNeurons(Map.of(attnZ, oneHead)),
                Capture.ofNeurons(Map.of(attnZ, twoHeads)),
                Capture.ofNeurons(Map.of(attnZ, SiteNeurons.all())),
                Capture.ofNeurons(Map.of(residPost, residual)),
                Capture.ofNeurons(Map.of(attnZ, twoHeads, residPost, residual))));
    LayerSite mlpPost = new LayerSite(exit, Site.MLP_POST);
    LayerSite before = new LayerSite(Math.max(0, exit - 1), Site.MLP_POST);
    if (layout.columns().contains(mlpPost)) {
      SiteNeurons some = someOf(layout.width(mlpPost));
      choices.add(Capture.ofNeurons(Map.of(mlpPost, some)));
      choices.add(Capture.ofNeurons(Map.of(attnZ, twoHeads, mlpPost, some)));
      choices.add(Capture.ofNeurons(Map.of(attnZ, twoHeads, mlpPost, some, residPost, residual)));
    }
    if (layout.columns().contains(before)) {
      SiteNeurons some = someOf(layout.width(before));
      choices.add(Capture.ofNeurons(Map.of(before, some, attnZ, oneHead)));
    }
    return choices;
  }

  private static SiteNeurons someOf(int width) {
    return SiteNeurons.of(new TreeSet<>(Set.of(0, 3, width / 2, width - 1)));
  }

  private static void assertChosen(
      Fixture fixture, Fixture.Case c, Capture capture, RowOutput output) {
    assertEquals(capture.columns(), output.activations().keySet());
    capture
        .wanted()
        .forEach(
            (column, neurons) -> {
              if (!Golden.isKnown(fixture, column)) {
                return;
              }
              float[] whole = Golden.of(fixture, c, column);
              float[] actual = output.activations().get(column);
              float largest = 0;
              for (float value : whole) {
                largest = Math.max(largest, Math.abs(value));
              }
              assertEquals(neurons.count(whole.length), actual.length);
              for (int i = 0; i < whole.length; i++) {
                if (neurons.whole() || neurons.indices().contains(i)) {
                  float value = actual[neurons.position(i)];
                  String what = fixture + " " + c + " " + column + " neuron " + i;
                  assertEquals(whole[i], value, TOLERANCE * largest, what);
                }
              }
            });
  }
}
