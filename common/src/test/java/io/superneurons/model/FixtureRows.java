package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.image.PixelValues;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.ModelOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A fixture's cases as rows of its model, with the pixel values that transformers made. */
final class FixtureRows {
  private FixtureRows() {}

  /** The fixture's model. */
  static VisionLanguageModel open(Fixture fixture, ModelOptions options) {
    return VisionLanguageModel.open(fixture.checkpoint(), options);
  }

  /** The fixture's cases first, then every question on every image, images shared. */
  static List<RowInput> manyQuestionsOnEachImage(Fixture fixture, VisionLanguageModel model) {
    List<RowInput> own = fixture.cases().stream().map(c -> row(fixture, model, c)).toList();
    List<RowInput> rows = new ArrayList<>(own);
    for (RowInput image : own) {
      for (RowInput question : own) {
        if (fits(model, question.image(), image.image())) {
          rows.add(new RowInput(image.image(), question.promptIds()));
        }
      }
    }
    return rows;
  }

  /** Whether a prompt with one image has as many image tokens as the other image takes. */
  private static boolean fits(VisionLanguageModel model, ImageInput image, ImageInput other) {
    return model.expansion(image).isEmpty() || image.features() == other.features();
  }

  static RowInput row(Fixture fixture, VisionLanguageModel model, Fixture.Case c) {
    Fixture.Golden pixels = fixture.golden("case" + c.index() + ".input.pixel_values");
    ImageInput prepared = model.prepare(Fixture.decode(c.image()));
    ImageInput image =
        prepared.withPixels(new PixelValues(pixels.values(), shapeOfOneImage(fixture, c)));
    boolean expanded = model.expansion(image).isPresent();
    return new RowInput(image, expanded ? c.inputIds() : collapse(c.inputIds(), image.features()));
  }

  private static long[] collapse(long[] ids, int features) {
    long placeholder = ids[0];
    for (int i = 0; i + features <= ids.length; i++) {
      long id = ids[i];
      if (Arrays.stream(ids, i, i + features).allMatch(other -> other == id)) {
        placeholder = id;
      }
    }
    List<Long> collapsed = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (i == 0 || ids[i] != placeholder || ids[i - 1] != placeholder) {
        collapsed.add(ids[i]);
      }
    }
    return collapsed.stream().mapToLong(Long::longValue).toArray();
  }

  /** Without the batch's axis; patches in their grid of blocks. */
  static int[] shapeOfOneImage(Fixture fixture, Fixture.Case c) {
    int[] shape = fixture.golden("case" + c.index() + ".input.pixel_values").shape();
    if (fixture.checkpoint().config().requireString("model_type").startsWith("internvl")) {
      return shape; // its first axis is the image's tiles
    }
    String grid = "case" + c.index() + ".input.image_grid_thw";
    if (!fixture.hasGolden(grid)) {
      return Arrays.copyOfRange(shape, 1, shape.length);
    }
    long[] frames = fixture.goldenLongs(grid); // 1, rows, columns of patches
    int merge = fixture.checkpoint().imageProcessorConfig().requireInt("merge_size");
    assertEquals(shape[0], frames[0] * frames[1] * frames[2]);
    return new int[] {
      (int) frames[1] / merge, (int) frames[2] / merge, merge * merge, shape[shape.length - 1]
    };
  }
}
