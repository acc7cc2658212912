package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Idefics3's and SmolVLM's processor: resize to a longest edge, then to multiples of the tile's
 * side, cut into tiles, and add the whole image at a tile's size. {@code Idefics3ImageProcessor}
 * and {@code SmolVLMImageProcessor} of transformers 5.23. Thread-safe.
 */
public final class SplitImageProcessor {
  private final SplitSettings settings;
  private final Resizer resizer;
  private final PixelScaling scaling;

  /**
   * A processor.
   *
   * @param settings how images are cut
   * @param resizer for all resizing ({@code resample})
   * @param scaling of the samples
   */
  public SplitImageProcessor(SplitSettings settings, Resizer resizer, PixelScaling scaling) {
    this.settings = settings;
    this.resizer = resizer;
    this.scaling = scaling;
  }

  /** The image as the vision tower takes it. */
  public TiledImage process(RgbImage image) {
    RgbImage resized =
        settings.longestEdge().isPresent() ? resizer.resize(image, first(image.size())) : image;
    ImageSize square = ImageSize.square(settings.tile());
    if (settings.splitting() == SplitSettings.Splitting.NONE) {
      RgbImage whole = resizer.resize(resized, square);
      return tiled(List.of(whole), new TiledImage.Grid(0, 0));
    }
    RgbImage multiple = resizer.resize(resized, multiples(resized.size(), settings.tile()));
    TiledImage.Grid grid = gridOf(multiple.size());
    List<RgbImage> tiles = new ArrayList<>();
    if (grid.rows() > 0) {
      tiles.addAll(Tiles.cut(multiple, square));
    }
    tiles.add(resizer.resize(multiple, square));
    return tiled(tiles, grid);
  }

  private TiledImage tiled(List<RgbImage> tiles, TiledImage.Grid grid) {
    return new TiledImage(Tiles.stack(tiles, scaling), grid);
  }

  /** The tiles that an image of that size is cut into. */
  public TiledImage.Grid grid(ImageSize original) {
    if (settings.splitting() == SplitSettings.Splitting.NONE) {
      return new TiledImage.Grid(0, 0);
    }
    return gridOf(multiples(first(original), settings.tile()));
  }

  /** The size after the first resizing. */
  private ImageSize first(ImageSize original) {
    return settings.longestEdge().isPresent()
        ? longestEdge(original, settings.longestEdge().getAsInt())
        : original;
  }

  private TiledImage.Grid gridOf(ImageSize multiple) {
    int rows = multiple.height() / settings.tile();
    int columns = multiple.width() / settings.tile();
    return rows > 1 || columns > 1 ? new TiledImage.Grid(rows, columns) : new TiledImage.Grid(0, 0);
  }

  /**
   * The size whose longer side has that length; the shorter one is made even. {@code
   * get_resize_output_image_size} of {@code models/idefics3/image_processing_idefics3.py}.
   */
  static ImageSize longestEdge(ImageSize original, int edge) {
    double aspect = (double) original.width() / original.height();
    ImageSize scaled =
        original.width() >= original.height()
            ? new ImageSize(even((int) (edge / aspect)), edge)
            : new ImageSize(edge, even((int) (edge * aspect)));
    return below(scaled);
  }

  private static int even(int length) {
    return Math.max(1, length + length % 2);
  }

  private static ImageSize below(ImageSize size) {
    double aspect = (double) size.width() / size.height();
    if (Math.max(size.width(), size.height()) <= SplitSettings.LARGEST_SIDE) {
      return size;
    }
    return size.width() >= size.height()
        ? new ImageSize(
            Math.max(1, (int) (SplitSettings.LARGEST_SIDE / aspect)), SplitSettings.LARGEST_SIDE)
        : new ImageSize(
            SplitSettings.LARGEST_SIDE, Math.max(1, (int) (SplitSettings.LARGEST_SIDE * aspect)));
  }

  /**
   * The size with both sides rounded up to multiples of a tile's side, the longer one first. {@code
   * resize_for_vision_encoder} of {@code models/idefics3/image_processing_idefics3.py}.
   */
  static ImageSize multiples(ImageSize size, int tile) {
    double aspect = (double) size.width() / size.height();
    if (size.width() >= size.height()) {
      int width = up(size.width(), tile);
      return new ImageSize(up((int) (width / aspect), tile), width);
    }
    int height = up(size.height(), tile);
    return new ImageSize(height, up((int) (height * aspect), tile));
  }

  private static int up(int length, int tile) {
    return (int) Math.ceil((double) length / tile) * tile;
  }
}
