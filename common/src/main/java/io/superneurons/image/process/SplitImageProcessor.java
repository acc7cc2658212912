package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Idefics3's and SmolVLM's processor: resize to a longest edge, then to multiples of the tile's
 * side, cut into tiles, and add the whole image at a tile's size. {@code Idefics3ImageProcessor}
 * and {@code SmolVLMImageProcessor} of transformers 5.23. Thread-safe.
 */
public final class SplitImageProcessor {
  /** {@code MAX_IMAGE_SIZE}: no side is longer after the first resizing. */
  private static final int LARGEST_SIDE = 4096;

  /** Whether an image is cut into tiles ({@code do_image_splitting}). */
  public enum Splitting {
    /** Tiles and the whole image. */
    TILES,
    /** The whole image only, made square. */
    NONE
  }

  private final OptionalInt longestEdge;
  private final int tile;
  private final Splitting splitting;
  private final Resizer resizer;
  private final PixelScaling scaling;

  /**
   * A processor.
   *
   * @param longestEdge of the resized image, in pixels ({@code size.longest_edge}); empty where it
   *     is not resized before it is brought to multiples of the tile's side
   * @param tile side of a tile, in pixels ({@code max_image_size.longest_edge})
   * @param splitting whether there are tiles
   * @param resizer for all resizing ({@code resample})
   * @param scaling of the samples
   * @throws IllegalArgumentException if a length is not positive
   */
  public SplitImageProcessor(
      OptionalInt longestEdge,
      int tile,
      Splitting splitting,
      Resizer resizer,
      PixelScaling scaling) {
    int edge = longestEdge.orElse(1);
    if (edge < 1 || tile < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "size.longest_edge and max_image_size.longest_edge must be positive, got %d and %d",
              edge,
              tile));
    }
    this.longestEdge = longestEdge;
    this.tile = tile;
    this.splitting = splitting;
    this.resizer = resizer;
    this.scaling = scaling;
  }

  /** The image as the vision tower takes it. */
  public TiledImage process(RgbImage image) {
    RgbImage resized = longestEdge.isPresent() ? resizer.resize(image, first(image.size())) : image;
    ImageSize square = ImageSize.square(tile);
    if (splitting == Splitting.NONE) {
      RgbImage whole = resizer.resize(resized, square);
      return tiled(List.of(whole), new TiledImage.Grid(0, 0));
    }
    RgbImage multiple = resizer.resize(resized, multiples(resized.size(), tile));
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
    if (splitting == Splitting.NONE) {
      return new TiledImage.Grid(0, 0);
    }
    return gridOf(multiples(first(original), tile));
  }

  /** The size after the first resizing. */
  private ImageSize first(ImageSize original) {
    return longestEdge.isPresent() ? longestEdge(original, longestEdge.getAsInt()) : original;
  }

  private TiledImage.Grid gridOf(ImageSize multiple) {
    int rows = multiple.height() / tile;
    int columns = multiple.width() / tile;
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
    if (Math.max(size.width(), size.height()) <= LARGEST_SIDE) {
      return size;
    }
    return size.width() >= size.height()
        ? new ImageSize(Math.max(1, (int) (LARGEST_SIDE / aspect)), LARGEST_SIDE)
        : new ImageSize(LARGEST_SIDE, Math.max(1, (int) (LARGEST_SIDE * aspect)));
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
