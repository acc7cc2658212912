package io.superneurons.image.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.image.Fixtures;
import io.superneurons.image.ImageSize;
import io.superneurons.image.PixelValues;
import io.superneurons.image.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixel values, bit for bit, and sizes against those of transformers 5.23. */
class ProcessorFixturesTest {
  private static final List<ImageSize> PINPOINTS =
      IntStream.range(0, 9)
          .mapToObj(i -> new ImageSize(56 * (1 + i / 3), 56 * (1 + i % 3)))
          .toList();
  private static final Resampler BICUBIC = Resampler.torchvision(Filter.BICUBIC);
  private static final PixelScaling CLIP = scaling(ChannelStatistics.OPENAI_CLIP);
  private static final PixelScaling HALF = scaling(ChannelStatistics.HALF);
  private static final ChannelStatistics LARGE =
      new ChannelStatistics(List.of(120.0, 110.0, 100.0), List.of(60.0, 61.0, 62.0));

  private static final Map<String, Function<RgbImage, PixelValues>> PROCESSORS =
      Map.ofEntries(
          Map.entry("clip", clip(edge(48).crop(ImageSize.square(48)))),
          Map.entry("clip-pad", clip(edge(30).crop(new ImageSize(45, 51)))),
          Map.entry(
              "clip-no-resize",
              clip(ImageProcessorSettings.clip().noResize().crop(new ImageSize(35, 28)))),
          Map.entry("clip-rescale-only", clip(edge(20).noCrop().noNormalize())),
          Map.entry("clip-normalize-only", clip(edge(20).noCrop().noRescale().statistics(LARGE))),
          Map.entry(
              "siglip",
              clip(
                  ImageProcessorSettings.siglip()
                      .resize(new ResizeRule.Exact(new ImageSize(42, 56))))),
          Map.entry(
              "anyres",
              new AnyResImageProcessor(PINPOINTS, ImageSize.square(56), BICUBIC, CLIP)::process),
          Map.entry(
              "patches",
              image ->
                  new PatchImageProcessor(
                          PatchSettings.QWEN2_VL.within(SizeLimits.ofPixels(3136L, 28224L)),
                          BICUBIC,
                          CLIP)
                      .process(image)
                      .values()),
          Map.entry("split", split(OptionalInt.of(128), SplitSettings.Splitting.TILES)),
          Map.entry("split-no-resize", split(OptionalInt.empty(), SplitSettings.Splitting.TILES)),
          Map.entry("whole", split(OptionalInt.of(128), SplitSettings.Splitting.NONE)));

  private static PixelScaling scaling(ChannelStatistics statistics) {
    return PixelScaling.of(
        OptionalDouble.of(ImageProcessorSettings.DEFAULT_RESCALE_FACTOR), Optional.of(statistics));
  }

  private static ImageProcessorSettings.Builder edge(int edge) {
    return ImageProcessorSettings.clip().resize(new ResizeRule.ShortestEdge(edge));
  }

  private static Function<RgbImage, PixelValues> clip(ImageProcessorSettings.Builder settings) {
    return new ClipImageProcessor(settings.build())::process;
  }

  private static Function<RgbImage, PixelValues> split(
      OptionalInt longestEdge, SplitSettings.Splitting splitting) {
    SplitImageProcessor processor =
        new SplitImageProcessor(new SplitSettings(longestEdge, 64, splitting), BICUBIC, HALF);
    return image -> processor.process(image).values();
  }

  static List<String[]> processors() {
    return Fixtures.rows("processors.csv");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("processors")
  void pixelValuesAreHuggingFaces(String processor, String image, String shape, String crc) {
    PixelValues pixels =
        PROCESSORS.get(processor).apply(Fixtures.image("resize/" + image + ".png"));
    int[] expected = Arrays.stream(shape.split(" ")).mapToInt(Integer::parseInt).toArray();
    int last = expected.length - 1;
    int frames = expected[last] / pixels.shape()[last]; // a patch stands once, whatever its frames
    assertArrayEquals(Arrays.copyOf(expected, last), Arrays.copyOf(pixels.shape(), last));
    assertEquals(expected[last], frames * pixels.shape()[last]);
    assertEquals(Long.parseLong(crc), Fixtures.crc32(repeated(pixels, frames)));
  }

  /** The values, each run of a channel's as often as there are frames. */
  private static float[] repeated(PixelValues pixels, int frames) {
    float[] once = pixels.values();
    float[] values = new float[once.length * frames];
    for (int i = 0; i < values.length; i++) {
      values[i] = once[i / (frames * pixels.run()) * pixels.run() + i % pixels.run()];
    }
    return values;
  }

  static List<String[]> sizes() {
    return Fixtures.rows("sizes.csv");
  }

  @ParameterizedTest(name = "{0} {1} x {2}")
  @MethodSource("sizes")
  void sizesAreHuggingFaces(
      String function, int height, int width, int targetHeight, int targetWidth) {
    ImageSize original = new ImageSize(height, width);
    ImageSize target =
        switch (function) {
          case "shortest" -> new ResizeRule.ShortestEdge(336).target(original);
          case "best" -> AnyResImageProcessor.bestResolution(original, PINPOINTS);
          case "fit" ->
              AnyResImageProcessor.fit(
                  original, AnyResImageProcessor.bestResolution(original, PINPOINTS));
          case "smart" ->
              PatchImageProcessor.target(
                  original, PatchSettings.QWEN2_VL.within(SizeLimits.ofPixels(3136L, 28224L)));
          case "longest" -> SplitImageProcessor.longestEdge(original, 1456);
          case "longest-5000" -> SplitImageProcessor.longestEdge(original, 5000);
          case "multiples" -> SplitImageProcessor.multiples(original, 364);
          default -> throw new IllegalArgumentException(function);
        };
    assertEquals(new ImageSize(targetHeight, targetWidth), target);
  }
}
