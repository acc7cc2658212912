package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.LayerVector;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.Pooling;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteNeurons;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.ModelPass;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.torch.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much travels to the model's device for a pass, and how often. */
class PassTransfersTest {
  private static final int IMAGES = 8;

  static Stream<Fixture> fixtures() {
    return Fixture.everyFamily();
  }

  /** A tile is one image of these. */
  @ParameterizedTest
  @ValueSource(strings = {"llava-hub", "gemma3-hub"})
  void samplesTravelAsBytesInOneCopy(String name) {
    Fixture fixture = Fixture.bundled(name);
    try (VisionLanguageModel model = FixtureRows.open(fixture, TestDevice.exact())) {
      List<ImageInput> images = images(fixture, model);
      model.encode(images); // the table of samples travels with the first pass
      Transfers transfers = Transfers.during(() -> model.encode(images)).transfers();
      assertEquals(new Transfers(1, samples(images), 1), transfers);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void samplesAndNumbersTravelInACopyEach(Fixture fixture) {
    try (VisionLanguageModel model = FixtureRows.open(fixture, TestDevice.exact())) {
      RowInput row = FixtureRows.row(fixture, model, fixture.cases().get(0));
      Capture whole = Capture.of(model.description().layout().columns());
      model.run(List.of(row), whole, Set.of()); // the table of samples travels with the first pass
      SiteNeurons some = SiteNeurons.of(new TreeSet<>(Set.of(1, 7)));
      Map<LayerSite, SiteNeurons> inDecoder =
          Map.of(
              new LayerSite(0, Site.RESID_POST), some,
              new LayerSite(1, Site.ATTN_Z), some);
      Map<LayerSite, SiteNeurons> inTower =
          Map.of(
              new LayerSite(0, Site.ofTower(LayerVector.ATTN_Z, Pooling.MAX)), some,
              new LayerSite(1, Site.ofTower(LayerVector.RESID_POST, Pooling.GRID)), some);
      Map<LayerSite, SiteNeurons> inBoth = new TreeMap<>(inDecoder);
      inBoth.putAll(inTower);
      for (Capture capture :
          List.of(
              whole,
              Capture.ofNeurons(inDecoder),
              Capture.ofNeurons(inTower),
              Capture.ofNeurons(inBoth))) {
        Transfers transfers =
            Transfers.during(() -> model.run(List.of(row), capture, Set.of())).transfers();
        assertEquals(2, transfers.uploads(), "uploads for " + capture.columns());
        assertEquals(1, transfers.downloads(), "downloads for " + capture.columns());
      }
    }
  }

  /** Rows that leave on the way narrow the pass, for which numbers travel once more. */
  @ParameterizedTest
  @ValueSource(strings = {"llava-hub", "qwen2_5_vl-hub", "qwen3_5-hub"})
  void rowsThatPartCostOneMoreCopyEachWay(String name) {
    Fixture fixture = Fixture.bundled(name);
    try (VisionLanguageModel model = FixtureRows.open(fixture, TestDevice.exact())) {
      List<RowInput> rows =
          fixture.cases().stream().map(c -> FixtureRows.row(fixture, model, c)).toList();
      Capture capture =
          Capture.of(List.of(new LayerSite(0, Site.RESID_POST), new LayerSite(1, Site.RESID_POST)));
      Supplier<Transfers> parting =
          () ->
              Transfers.during(
                      () -> {
                        try (ModelPass pass = model.start(rows, capture)) {
                          pass.descend(ModelLayer.ofDecoder(0));
                          pass.activations();
                          pass.only(new int[] {0});
                          pass.descend(ModelLayer.ofDecoder(1));
                          return pass.activations();
                        }
                      })
                  .transfers();
      parting.get();
      Transfers transfers = parting.get();
      assertEquals(3, transfers.uploads()); // samples, numbers, numbers of the rows that are left
      assertEquals(2, transfers.downloads());
    }
  }

  private static List<ImageInput> images(Fixture fixture, VisionLanguageModel model) {
    List<ImageInput> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      Fixture.Case of = fixture.cases().get(i % fixture.cases().size());
      images.add(model.prepare(Fixture.decode(of.image())));
    }
    return images;
  }

  private static long samples(List<ImageInput> images) {
    return images.stream().mapToLong(image -> image.pixels().samples().length).sum();
  }
}
