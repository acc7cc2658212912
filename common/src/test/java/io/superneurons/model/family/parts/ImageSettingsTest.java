package io.superneurons.model.family.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.process.ChannelStatistics;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.ResizeRule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of image processors, as transformers 5.23 reads them. */
class ImageSettingsTest {
  @Test
  void paddingHasTheMeansColour() {
    RgbColor grey = new RgbColor(122, 116, 104); // int(255 * mean)
    assertEquals(Optional.of(grey), of("\"do_pad\": true").padding());
    assertEquals(Optional.empty(), of("\"do_pad\": false").padding());
    assertEquals(Optional.empty(), of("\"image_mean\": [0, 0, 0]").padding());
    assertEquals(
        Optional.empty(),
        of("\"image_processor_type\": \"CLIPImageProcessor\", \"do_pad\": true").padding());
    assertEquals(
        Optional.of(new RgbColor(127, 0, 255)),
        of("\"do_pad\": true, \"do_normalize\": false, \"image_mean\": [0.5, 0, 1]").padding());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"size\": 30 | 30 x 60",
        "\"size\": 30, \"default_to_square\": true | 30 x 30",
        "\"size\": 30, \"image_processor_type\": \"SiglipImageProcessor\" | 30 x 30",
        "\"size\": {\"shortest_edge\": 30} | 30 x 60",
        "\"size\": {\"shortest_edge\": 30, \"longest_edge\": 40} | 20 x 40",
        "\"size\": {\"shortest_edge\": 30, \"longest_edge\": null} | 30 x 60",
        "\"size\": {\"height\": 20, \"width\": 50} | 20 x 50",
      })
  void sizesAreReadInEverySpelling(String json, String expected) {
    ResizeRule resize = of(json).resize();
    assertEquals(expected, resize.target(new ImageSize(100, 200)).toString());
  }

  @Test
  void nullTurnsAStepOff() {
    for (String step : List.of("resize", "center_crop", "rescale", "normalize", "pad")) {
      String json = "\"do_" + step + "\": ";
      assertEquals(steps(of(json + "false")), steps(of(json + "null")), step);
    }
    of(
        "\"do_center_crop\": null, \"crop_size\": null, \"do_normalize\": null, \"image_mean\":"
            + " null");
  }

  @Test
  void whatIsLeftOutOfTheStatisticsIsTheClasssOwn() {
    ChannelStatistics own =
        of("\"image_mean\": [0.1, 0.2, 0.3], \"image_processor_type\":"
                + " \"SiglipImageProcessorFast\"")
            .statistics()
            .orElseThrow();
    assertEquals(0.2, own.mean().get(1));
    assertEquals(0.5, own.std().get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"image_processor_type\": \"LlavaNextImageProcessor\" | LlavaNextImageProcessor",
        "\"image_processor_type\": \"ViTImageProcessor\" | ViTImageProcessor",
        "\"feature_extractor_type\": \"BlipFeatureExtractor\" | BlipFeatureExtractor",
        "\"size\": {\"longest_edge\": 40} | longest_edge",
        "\"size\": null | size is null",
        "\"resample\": null | resample is null",
        "\"crop_size\": null | crop_size is null",
        "\"rescale_factor\": null | rescale_factor is null",
        "\"image_std\": null | image_std is null",
        "\"size\": {\"max_height\": 40, \"max_width\": 30} | max_height",
        "\"image_processor_type\": \"CLIPImageProcessor\", \"do_pad\": true,"
            + " \"pad_size\": {\"height\": 9, \"width\": 9} | pad_size",
      })
  void whatIsNotKnownIsRefusedByName(String json, String name) {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> of(json));
    assertTrue(refused.getMessage().contains(name), refused.getMessage());
    assertTrue(refused.getMessage().contains("preprocessor_config.json"), refused.getMessage());
  }

  private static List<Object> steps(ImageProcessorSettings settings) {
    return List.of(
        settings.padding(),
        settings.resize(),
        settings.crop(),
        settings.rescaleFactor(),
        settings.statistics());
  }

  private static ImageProcessorSettings of(String json) {
    return ImageSettings.of(Config.parse("preprocessor_config.json", "{" + json + "}"));
  }
}
