package io.superneurons.model;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ChannelStatistics;
import io.superneurons.image.Filter;
import io.superneurons.image.ImageProcessorSettings;
import io.superneurons.image.ImageSize;
import io.superneurons.image.ResizeRule;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a processor's configuration of the CLIP or SigLIP kind: {@code preprocessor_config.json},
 * or its part of transformers 5's {@code processor_config.json}.
 */
final class ImageSettings {
  private ImageSettings() {}

  static ImageProcessorSettings of(Config config) {
    boolean siglip =
        config.string("image_processor_type", "CLIPImageProcessor").startsWith("Siglip");
    ImageProcessorSettings.Builder builder =
        siglip ? ImageProcessorSettings.siglip() : ImageProcessorSettings.clip();
    readResize(config, builder);
    readCrop(config, builder, config.booleanValue("do_center_crop", !siglip));
    readScaling(config, builder);
    return builder.build();
  }

  private static void readResize(Config config, ImageProcessorSettings.Builder builder) {
    builder.filter(Filter.ofPillow(config.intValue("resample", 3)));
    if (!config.booleanValue("do_resize", true)) {
      builder.noResize();
    } else if (config.isNumber("size")) {
      builder.resize(new ResizeRule.ShortestEdge(config.requireInt("size")));
    } else if (config.child("size").has("shortest_edge")) {
      builder.resize(new ResizeRule.ShortestEdge(config.child("size").requireInt("shortest_edge")));
    } else if (config.has("size")) {
      builder.resize(new ResizeRule.Exact(size(config.child("size"))));
    }
  }

  private static void readCrop(
      Config config, ImageProcessorSettings.Builder builder, boolean crops) {
    if (!crops) {
      builder.noCrop();
    } else if (config.isNumber("crop_size")) {
      builder.crop(ImageSize.square(config.requireInt("crop_size")));
    } else if (config.has("crop_size")) {
      builder.crop(size(config.child("crop_size")));
    }
  }

  private static ImageSize size(Config size) {
    return new ImageSize(size.requireInt("height"), size.requireInt("width"));
  }

  private static void readScaling(Config config, ImageProcessorSettings.Builder builder) {
    if (!config.booleanValue("do_rescale", true)) {
      builder.noRescale();
    } else if (config.has("rescale_factor")) {
      builder.rescaleFactor(config.requireDouble("rescale_factor"));
    }
    if (!config.booleanValue("do_normalize", true)) {
      builder.noNormalize();
    } else if (config.has("image_mean") && config.has("image_std")) {
      builder.statistics(
          new ChannelStatistics(list(config, "image_mean"), list(config, "image_std")));
    }
  }

  private static List<Double> list(Config config, String key) {
    return Arrays.stream(config.doubles(key)).boxed().toList();
  }
}
