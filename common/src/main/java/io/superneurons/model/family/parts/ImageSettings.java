package io.superneurons.model.family.parts;

import io.superneurons.checkpoint.Config;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.process.ChannelStatistics;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.ImageProcessorSettings;
import io.superneurons.image.process.ResizeRule;
import io.superneurons.model.vision.TorchResizer;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads an image processor's configuration: {@code preprocessor_config.json}, or its part of
 * transformers 5's {@code processor_config.json}. What it leaves out has the default of its class
 * in transformers.
 */
public final class ImageSettings {
  private static final int WHITE = 255;

  private ImageSettings() {}

  /** Of LLaVA: the CLIP, SigLIP or LLaVA kind. */
  public static ImageProcessorSettings of(Config config) {
    String type =
        ImageProcessorType.require(
            config,
            "LlavaImageProcessor",
            "CLIPImageProcessor",
            "SiglipImageProcessor",
            "LlavaImageProcessor");
    boolean siglip = type.equals("SiglipImageProcessor");
    ChannelStatistics usual = siglip ? ChannelStatistics.HALF : ChannelStatistics.OPENAI_CLIP;
    ImageProcessorSettings.Builder builder =
        siglip ? ImageProcessorSettings.siglip() : ImageProcessorSettings.clip();
    builder.resizer(TorchResizer.of(Filter.BICUBIC));
    if (isOn(config, "do_pad", false)) {
      readPadding(config, type, builder);
    }
    readResize(config, builder, siglip);
    readCrop(config, builder, isOn(config, "do_center_crop", !siglip));
    return readPixels(config, builder, usual);
  }

  /**
   * Of Gemma 3, without the crops of pan and scan: Gemma 3's processor asks for them only where its
   * caller does, whatever the file says.
   */
  public static ImageProcessorSettings gemma3(Config config) {
    ImageProcessorType.require(config, "Gemma3ImageProcessor", "Gemma3ImageProcessor");
    ImageProcessorSettings.Builder builder =
        ImageProcessorSettings.siglip().resizer(TorchResizer.of(Filter.BILINEAR));
    readResize(config, builder, true);
    return readPixels(config, builder.noCrop(), ChannelStatistics.HALF);
  }

  /** LLaVA's processor pads to a square; the others to a given size, which no published one has. */
  private static void readPadding(
      Config config, String type, ImageProcessorSettings.Builder builder) {
    if (type.equals("LlavaImageProcessor")) {
      ChannelStatistics own = statistics(config, ChannelStatistics.OPENAI_CLIP);
      int[] mean = own.mean().stream().mapToInt(value -> (int) (value * WHITE)).toArray();
      builder.padding(new RgbColor(mean[0], mean[1], mean[2]));
    } else if (config.has("pad_size")) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: do_pad with pad_size is not supported for a %s",
              config.file(),
              type));
    }
  }

  private static void readResize(
      Config config, ImageProcessorSettings.Builder builder, boolean square) {
    if (!isOn(config, "do_resize", true)) {
      builder.noResize();
      return;
    }
    refuseNull(config, "size", "resample");
    if (config.isNumber("size")) {
      int edge = config.requireInt("size");
      boolean both = config.booleanValue("default_to_square", square);
      builder.resize(
          both ? new ResizeRule.Exact(ImageSize.square(edge)) : new ResizeRule.ShortestEdge(edge));
    } else if (config.has("size")) {
      builder.resize(resizeRule(config.child("size")));
    }
  }

  /** {@code TorchvisionBackend.resize} of transformers. */
  private static ResizeRule resizeRule(Config size) {
    if (size.has("shortest_edge")) {
      int shortest = size.requireInt("shortest_edge");
      return size.has("longest_edge")
          ? new ResizeRule.BothEdges(shortest, size.requireInt("longest_edge"))
          : new ResizeRule.ShortestEdge(shortest);
    }
    for (String key : size.keys()) {
      if (!key.equals("height") && !key.equals("width") && size.has(key)) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: size with %s is not supported; shortest_edge, both edges, or height and width"
                    + " are",
                size.file(),
                key));
      }
    }
    return new ResizeRule.Exact(size(size));
  }

  private static void readCrop(
      Config config, ImageProcessorSettings.Builder builder, boolean crops) {
    if (crops) {
      refuseNull(config, "crop_size");
      cropSize(config).ifPresent(builder::crop);
    } else {
      builder.noCrop();
    }
  }

  /** {@code crop_size} in both spellings, if it is there. */
  public static Optional<ImageSize> cropSize(Config config) {
    if (config.isNumber("crop_size")) {
      return Optional.of(ImageSize.square(config.requireInt("crop_size")));
    }
    return config.has("crop_size")
        ? Optional.of(size(config.child("crop_size")))
        : Optional.empty();
  }

  private static ImageSize size(Config size) {
    return new ImageSize(size.requireInt("height"), size.requireInt("width"));
  }

  /** Resampling, rescaling and normalisation, with the defaults that most kinds have. */
  static ImageProcessorSettings readPixels(Config config) {
    return readPixels(
        config,
        ImageProcessorSettings.clip().resizer(TorchResizer.of(Filter.BICUBIC)),
        ChannelStatistics.OPENAI_CLIP);
  }

  /** Resampling, rescaling and normalisation, which all kinds have. */
  static ImageProcessorSettings readPixels(
      Config config, ImageProcessorSettings.Builder builder, ChannelStatistics usual) {
    readSamples(config, builder);
    if (!isOn(config, "do_normalize", true)) {
      builder.noNormalize();
    } else {
      builder.statistics(statistics(config, usual));
    }
    return builder.build();
  }

  /** Resampling and rescaling. */
  static void readSamples(Config config, ImageProcessorSettings.Builder builder) {
    if (config.has("resample")) {
      builder.resizer(TorchResizer.of(Filter.ofPillow(config.requireInt("resample"))));
    }
    if (!isOn(config, "do_rescale", true)) {
      builder.noRescale();
    } else if (config.has("rescale_factor")) {
      builder.rescaleFactor(config.requireDouble("rescale_factor"));
    } else {
      refuseNull(config, "rescale_factor");
    }
  }

  static ChannelStatistics statistics(Config config, ChannelStatistics usual) {
    refuseNull(config, "image_mean", "image_std");
    return new ChannelStatistics(
        list(config, "image_mean", usual.mean()), list(config, "image_std", usual.std()));
  }

  private static List<Double> list(Config config, String key, List<Double> usual) {
    return config.has(key) ? Arrays.stream(config.doubles(key)).boxed().toList() : usual;
  }

  /** Whether a step is taken. An absent key stands for the default, null turns the step off. */
  static boolean isOn(Config config, String step, boolean usual) {
    return !config.isNull(step) && config.booleanValue(step, usual);
  }

  /** Of what a step needs: transformers has defaults for absent keys, and an error for null. */
  private static void refuseNull(Config config, String... keys) {
    for (String key : keys) {
      if (config.isNull(key)) {
        throw new ModelException(config.file() + ": " + key + " is null; give its value");
      }
    }
  }
}
