package io.superneurons.model;

import static io.superneurons.model.Closeness.assertClose;
import static io.superneurons.model.Closeness.cosine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.LayerVector;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Part;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.TowerType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tower in 8-bit integers beside transformers' in float32. */
class Int8TowerTest {
  private static final double OUTPUT_COSINE = 0.999;

  /** Within a layer; the largest value over patches has the error of one of them. */
  private static final double COSINE = 0.998;

  /** Of the largest absolute value: patches are pooled in another order. */
  private static final double TOLERANCE = 1e-5;

  private static final ModelOptions OPTIONS =
      ModelOptions.whole(ComputeType.FLOAT32, "cpu").withTower(TowerType.INT8);

  static Stream<Fixture> fixtures() {
    return Fixture.everyFamily();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void pointsTheSameWayAndChosenNeuronsAreThoseOfTheWholeLayer(Fixture fixture) {
    ActivationLayout layout = ModelDescription.of(fixture.checkpoint()).layout();
    List<LayerSite> tower =
        layout.columns().stream().filter(column -> column.site().part() == Part.TOWER).toList();
    ModelLayer last = tower.get(tower.size() - 1).modelLayer();
    ModelOptions options = OPTIONS.withDepth(Depth.upTo(last));
    if (!works()) {
      assertThrows(ModelException.class, () -> FixtureRows.open(fixture, options));
      return;
    }
    try (VisionLanguageModel model = FixtureRows.open(fixture, options)) {
      assertEquals("float32+int8_tower", model.computation().label());
      List<RowInput> rows =
          fixture.cases().stream()
              .map(c -> RowInput.ofImage(FixtureRows.row(fixture, model, c).image()))
              .toList();
      List<RowOutput> outputs = model.run(rows, Capture.of(tower), Set.of());
      requireDirections(fixture, tower, outputs);
      for (LayerSite column : tower) {
        if (column.modelLayer().equals(last)) {
          requireChosen(model, rows, column, layout.width(column), outputs);
        }
      }
    }
  }

  private static boolean works() {
    try {
      TowerType.INT8.require("cpu");
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  private static void requireDirections(
      Fixture fixture, List<LayerSite> tower, List<RowOutput> outputs) {
    for (Fixture.Case c : fixture.cases()) {
      for (LayerSite column : tower) {
        if (Golden.isKnown(fixture, column)) {
          float[] actual = outputs.get(c.index()).activations().get(column);
          double cosine = cosine(Golden.of(fixture, c, column), actual);
          double least = column.site().vector() == LayerVector.RESID_POST ? OUTPUT_COSINE : COSINE;
          assertTrue(cosine >= least, fixture + " " + c + " " + column + ": cosine " + cosine);
        }
      }
    }
  }

  /** Alone, and some of them: what label computes of a layer that extract computed whole. */
  private static void requireChosen(
      VisionLanguageModel model,
      List<RowInput> rows,
      LayerSite column,
      int width,
      List<RowOutput> outputs) {
    SiteNeurons some = SiteNeurons.of(new TreeSet<>(Set.of(1, width - 2)));
    Capture capture = Capture.ofNeurons(Map.of(column, some));
    for (int row = 0; row < rows.size(); row++) {
      RowOutput alone = model.run(List.of(rows.get(row)), capture, Set.of()).get(0);
      float[] whole = outputs.get(row).activations().get(column);
      assertClose(
          new float[] {whole[1], whole[width - 2]},
          alone.activations().get(column),
          TOLERANCE,
          column.toString());
    }
  }
}
