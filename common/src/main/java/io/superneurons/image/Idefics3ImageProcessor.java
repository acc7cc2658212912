package io.superneurons.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Hugging Face's {@code Idefics3ImageProcessor} and {@code SmolVLMImageProcessor} (transformers
 * 5.23) for one image: tiles of one square size, row by row, then the whole image in that size; or
 * the whole image alone. Thread-safe.
 */
public final class Idefics3ImageProcessor {
  private final ResizeRule first;
  private final Filter filter;
  private final PixelScaling scaling;
  private final int tile;
  private final Splitting splitting;

  /** Whether an image is cut into tiles ({@code do_image_splitting}). */
  public enum Splitting {
    TILES,
    WHOLE
  }

  /**
   * A processor of those settings.
   *
   * @param settings the first resizing ({@code size}), filter and scaling
   * @param tile side of a tile, in pixels ({@code max_image_size})
   */
  public Idefics3ImageProcessor(ImageProcessorSettings settings, int tile, Splitting splitting) {
    this.first = settings.resize();
    this.filter = settings.filter();
    this.scaling = settings.scaling();
    this.tile = tile;
    this.splitting = Objects.requireNonNull(splitting, "splitting");
    if (tile < 1) {
      throw new IllegalArgumentException("max_image_size must be positive, got " + tile);
    }
  }

  /** Side of a tile, in pixels. */
  public int tile() {
    return tile;
  }

  /**
   * Rows and columns of tiles of an image of that size, the whole image not counted; empty if the
   * whole image is all there is.
   */
  public Optional<ImageSize> grid(ImageSize image) {
    ImageSize tiled = tiled(first.target(image));
    boolean split = splitting == Splitting.TILES && tiled.pixels() > (long) tile * tile;
    return split
        ? Optional.of(new ImageSize(tiled.height() / tile, tiled.width() / tile))
        : Optional.empty();
  }

  /**
   * The image as the vision tower takes it: tiles row by row, then the whole image.
   *
   * @return shape [rows * columns + 1, 3, tile, tile], or [1, 3, tile, tile] for the whole alone
   */
  public PixelValues process(RgbImage image) {
    RgbImage resized = Resampler.resize(image, first.target(image.size()), filter);
    ImageSize whole = ImageSize.square(tile);
    List<RgbImage> tiles = new ArrayList<>();
    if (splitting == Splitting.TILES) {
      resized = Resampler.resize(resized, tiled(resized.size()), filter);
      tiles.addAll(grid(image.size()).isPresent() ? Tiles.cut(resized, whole) : List.of());
    }
    tiles.add(Resampler.resize(resized, whole, filter));
    return Tiles.stack(tiles, scaling);
  }

  /** Both sides rounded up to multiples of a tile; {@code resize_for_vision_encoder}. */
  private ImageSize tiled(ImageSize size) {
    double aspect = (double) size.width() / size.height();
    if (size.width() >= size.height()) {
      int width = roundUp(size.width());
      return new ImageSize(roundUp((int) (width / aspect)), width);
    }
    int height = roundUp(size.height());
    return new ImageSize(height, roundUp((int) (height * aspect)));
  }

  private int roundUp(int side) {
    return Math.max(1, (side + tile - 1) / tile) * tile;
  }
}
