package io.superneurons.model.vision;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.process.Filter;
import io.superneurons.image.process.Resampler;
import io.superneurons.image.process.Resizer;
import io.superneurons.torch.Script;
import io.superneurons.torch.TensorScope;
import java.util.Set;

/**
 * Resizes with libtorch, whose operations are those that Hugging Face's processors run: sample for
 * sample what {@link Resampler#torchvision} computes, several times as fast. Thread-safe.
 */
public final class TorchResizer implements Resizer {
  /** Where libtorch has kernels for vectors of bytes; elsewhere Java is faster. */
  private static final Set<String> FAST = Set.of("amd64", "x86_64");

  private final String function;
  private final Resampler java;

  private TorchResizer(String function, Resampler java) {
    this.function = function;
    this.java = java;
  }

  /** With libtorch where it has the filter and is faster, else in Java. */
  public static Resizer of(Filter filter) {
    Resampler java = Resampler.torchvision(filter);
    if (!FAST.contains(System.getProperty("os.arch"))) {
      return java;
    }
    return switch (filter) {
      case BICUBIC -> new TorchResizer("bicubic", java);
      case BILINEAR -> new TorchResizer("bilinear", java);
      case NEAREST, LANCZOS -> java;
    };
  }

  @Override
  public RgbImage resize(RgbImage image, ImageSize size) {
    if (image.size().equals(size)) {
      return image;
    }
    if (size.width() == 1) {
      return java.resize(image, size); // libtorch without AVX2 weighs columns wrongly there
    }
    long[] shape = {image.height(), image.width(), RgbImage.CHANNELS};
    byte[] resized =
        TensorScope.lend(
            image.rgb(),
            shape,
            pixels -> Loaded.SCRIPT.bytes(function, pixels, size.height(), size.width()));
    return new RgbImage(size.width(), size.height(), resized);
  }

  /** Only once an image is resized: a model is described without libtorch. */
  private static final class Loaded {
    private static final Script SCRIPT = Script.compile(TorchResizer.class, "resize.py");
  }
}
