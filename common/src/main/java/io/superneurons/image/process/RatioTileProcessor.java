package io.superneurons.image.process;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * InternVL's processor: the grid of tiles whose proportions are nearest to the image's, which is
 * stretched to it and cut, and the whole image at a tile's size where there is more than one.
 * {@code GotOcr2ImageProcessor} of transformers 5.23 with {@code crop_to_patches}. Thread-safe.
 */
public final class RatioTileProcessor {
  private final ImageSize tile;
  private final TileRange range;
  private final Resizer resizer;
  private final PixelScaling scaling;

  /**
   * A processor.
   *
   * @param tile size of a tile ({@code size})
   * @param range how many tiles there may be
   * @param resizer for all resizing ({@code resample})
   * @param scaling of the samples
   */
  public RatioTileProcessor(
      ImageSize tile, TileRange range, Resizer resizer, PixelScaling scaling) {
    this.tile = tile;
    this.range = range;
    this.resizer = resizer;
    this.scaling = scaling;
  }

  /** The image as the vision tower takes it. */
  public TiledImage process(RgbImage image) {
    TiledImage.Grid grid = grid(image.size());
    List<RgbImage> tiles = new ArrayList<>();
    if (grid.rows() > 0) {
      ImageSize canvas = new ImageSize(grid.rows() * tile.height(), grid.columns() * tile.width());
      tiles.addAll(Tiles.cut(resizer.resize(image, canvas), tile));
    }
    tiles.add(resizer.resize(image, tile));
    return new TiledImage(Tiles.stack(tiles, scaling), grid);
  }

  /**
   * The tiles that an image of that size is cut into; none where it is one tile. {@code
   * get_optimal_tiled_canvas} of {@code models/got_ocr2/image_processing_got_ocr2.py}: of equally
   * near grids the one with more tiles, unless these have more than twice the image's pixels.
   */
  TiledImage.Grid grid(ImageSize image) {
    double ratio = (double) image.width() / image.height();
    double nearest = Double.POSITIVE_INFINITY;
    TiledImage.Grid best = new TiledImage.Grid(1, 1);
    for (int tiles = range.fewest(); tiles <= range.most(); tiles++) {
      for (TiledImage.Grid grid : gridsOf(tiles)) {
        double distance = Math.abs(ratio - (double) grid.columns() / grid.rows());
        boolean larger = image.pixels() > 0.5 * tile.pixels() * tiles;
        if (distance < nearest || distance == nearest && larger) {
          nearest = distance;
          best = grid;
        }
      }
    }
    return best.rows() * best.columns() > 1 ? best : new TiledImage.Grid(0, 0);
  }

  /** Grids of so many tiles, from the highest to the widest. */
  private static List<TiledImage.Grid> gridsOf(int tiles) {
    List<TiledImage.Grid> grids = new ArrayList<>();
    for (int columns = 1; columns <= tiles; columns++) {
      if (tiles % columns == 0) {
        grids.add(new TiledImage.Grid(tiles / columns, columns));
      }
    }
    return grids;
  }
}
