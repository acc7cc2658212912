package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.model.vision.ImageInput;
import io.superneurons.torch.Transfers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much travels to the model's device for a pass, and how often. */
class PassTransfersTest {
  private static final int IMAGES = 8;

  @Test
  void samplesTravelAsBytesInOneCopy() {
    Fixture fixture = Fixture.bundled("llava-hub");
    try (VisionLanguageModel model = FixtureRows.open(fixture, TestDevice.exact())) {
      List<ImageInput> images = images(fixture, model);
      model.encode(images); // the table of samples travels with the first pass
      Transfers transfers = Transfers.during(() -> model.encode(images)).transfers();
      assertEquals(new Transfers(1, samples(images), 1), transfers);
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
