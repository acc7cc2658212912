package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.PixelValues;
import io.superneurons.image.SampleTable;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.vision.ImageInput;
import io.superneurons.model.weights.ModelOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

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
    ImageInput prepared = model.prepare(Fixture.decode(c.image()));
    ImageInput image = prepared.withPixels(samples(pixels(fixture, c), prepared.pixels()));
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

  /**
   * The samples whose values transformers made.
   *
   * @param values of transformers
   * @param prepared the same image as the engine prepares it
   */
  private static PixelValues samples(Fixture.Golden values, PixelValues prepared) {
    byte[] samples = new byte[values.values().length];
    for (int i = 0; i < samples.length; i++) {
      float value = values.values()[i];
      int channel = i / prepared.run() % 3;
      int nearest =
          IntStream.range(0, SampleTable.SAMPLES)
              .boxed()
              .min(Comparator.comparingDouble(s -> off(prepared.table(), channel, s, value)))
              .orElseThrow();
      assertEquals(0, off(prepared.table(), channel, nearest, value), 1e-6, "value " + i);
      samples[i] = (byte) nearest;
    }
    return new PixelValues(samples, values.shape(), prepared.run(), prepared.table());
  }

  private static double off(SampleTable table, int channel, int sample, float value) {
    return Math.abs(table.value(channel, sample) - value);
  }

  /**
   * The pixel values that transformers made of a case's image, in the order that a tower takes, of
   * one frame.
   */
  static Fixture.Golden pixels(Fixture fixture, Fixture.Case c) {
    Fixture.Golden golden = fixture.golden("case" + c.index() + ".input.pixel_values");
    String places = "case" + c.index() + ".input.image_position_ids";
    if (fixture.hasGolden(places)) {
      return inBlocks(fixture, golden.values(), fixture.goldenLongs(places));
    }
    return fixture.checkpoint().config().requireString("model_type").equals("mistral3")
        ? inBlocks(fixture, golden)
        : ofOneFrame(new Fixture.Golden(golden.values(), shapeOfOneImage(fixture, c)), fixture);
  }

  /**
   * Gemma 4's patches, which transformers has row by row and padded, block by block.
   *
   * @param places column and row of each patch, -1 for padding [patches, 2]
   */
  private static Fixture.Golden inBlocks(Fixture fixture, float[] values, long[] places) {
    int patches = places.length / 2;
    int width = values.length / patches;
    IntUnaryOperator last =
        axis ->
            IntStream.range(0, patches).map(i -> (int) places[2 * i + axis]).max().orElseThrow();
    Blocks blocks =
        new Blocks(
            fixture.checkpoint().imageProcessorConfig().requireInt("pooling_kernel_size"),
            last.applyAsInt(1) + 1,
            last.applyAsInt(0) + 1);
    float[] ordered = new float[blocks.rows * blocks.columns * width];
    for (int i = 0; i < blocks.rows * blocks.columns; i++) {
      int place = blocks.place((int) places[2 * i + 1], (int) places[2 * i]);
      System.arraycopy(values, i * width, ordered, place * width, width);
    }
    return new Fixture.Golden(ordered, blocks.shape(width));
  }

  /** Mistral 3's image, which transformers leaves whole [1, 3, height, width], block by block. */
  private static Fixture.Golden inBlocks(Fixture fixture, Fixture.Golden golden) {
    Config config = fixture.checkpoint().config();
    int side = config.child("vision_config").requireInt("patch_size");
    int height = golden.shape()[2];
    int width = golden.shape()[3];
    Blocks blocks =
        new Blocks(config.requireInt("spatial_merge_size"), height / side, width / side);
    float[] ordered = new float[golden.values().length];
    for (int i = 0; i < ordered.length; i++) {
      int x = i % width;
      int y = i / width % height;
      int channel = i / width / height;
      int place = blocks.place(y / side, x / side);
      ordered[((place * 3 + channel) * side + y % side) * side + x % side] = golden.values()[i];
    }
    return new Fixture.Golden(ordered, blocks.shape(3 * side * side));
  }

  /**
   * An image's patches, of which squares become one token each.
   *
   * @param side of a square, in patches
   */
  private record Blocks(int side, int rows, int columns) {
    /** Where a patch stands if squares stand one after another. */
    int place(int row, int column) {
      int block = row / side * (columns / side) + column / side;
      return block * side * side + row % side * side + column % side;
    }

    int[] shape(int width) {
      return new int[] {rows / side, columns / side, side * side, width};
    }
  }

  /** Patches without the frames after the first, which are the same. */
  private static Fixture.Golden ofOneFrame(Fixture.Golden golden, Fixture fixture) {
    int[] shape = golden.shape().clone();
    Config processor = fixture.checkpoint().imageProcessorConfig();
    if (!processor.has("temporal_patch_size")) {
      return golden;
    }
    int frames = processor.requireInt("temporal_patch_size");
    int side = processor.requireInt("patch_size");
    int plane = side * side;
    float[] values = new float[golden.values().length / frames];
    for (int i = 0; i < golden.values().length; i++) {
      int channel = i / (frames * plane); // of all patches
      int first = channel * frames * plane + i % plane;
      assertEquals(golden.values()[first], golden.values()[i]);
      values[channel * plane + i % plane] = golden.values()[i];
    }
    shape[shape.length - 1] /= frames;
    return new Fixture.Golden(values, shape);
  }

  /** Without the batch's axis; patches in their grid of blocks. */
  private static int[] shapeOfOneImage(Fixture fixture, Fixture.Case c) {
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
