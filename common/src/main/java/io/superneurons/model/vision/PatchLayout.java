package io.superneurons.model.vision;

import io.superneurons.image.PixelValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The order in which a tower takes the patches of several images, so that whatever attends to
 * itself stands together: image after image, in an image window after window, the largest windows
 * first, in a window block after block. Windows of one size in an image are one call of attention.
 * (transformers' get_vision_window_index and get_vision_position_ids in vision_utils.py; its order
 * of windows differs, which no value depends on.)
 */
public final class PatchLayout {
  private final PatchShape shape;
  private final int windowSide;
  private final List<Grid> grids;
  private final List<Patch> patches = new ArrayList<>();
  private final List<Integer> order = new ArrayList<>(); // the tower's blocks among all images'
  private final Groups windows = new Groups();
  private final Groups images = new Groups();

  /**
   * Lays images out.
   *
   * @param grids rows and columns of each image, in blocks
   * @param windowSide side of a window, in blocks; 0 for none
   */
  PatchLayout(PatchShape shape, int windowSide, List<Grid> grids) {
    this.shape = shape;
    this.windowSide = windowSide;
    this.grids = List.copyOf(grids);
    int first = 0;
    for (Grid grid : grids) {
      add(grid, first);
      first += grid.blocks();
    }
  }

  private void add(Grid grid, int first) {
    for (List<Block> window : windows(grid)) {
      for (Block block : window) {
        order.add(first + block.row * grid.columns + block.column);
        addPatches(grid, block);
      }
      windows.add(window.size() * shape.patches());
    }
    images.add(grid.blocks() * shape.patches());
  }

  private void addPatches(Grid grid, Block block) {
    int merge = shape.merge();
    for (int row = 0; row < merge; row++) {
      for (int column = 0; column < merge; column++) {
        patches.add(new Patch(grid, block.row * merge + row, block.column * merge + column));
      }
    }
  }

  private List<List<Block>> windows(Grid grid) {
    int height = windowSide > 0 ? windowSide : grid.rows;
    int width = windowSide > 0 ? windowSide : grid.columns;
    List<List<Block>> windows = new ArrayList<>();
    for (int row = 0; row < grid.rows; row += height) {
      for (int column = 0; column < grid.columns; column += width) {
        Block end =
            new Block(Math.min(row + height, grid.rows), Math.min(column + width, grid.columns));
        windows.add(blocks(new Block(row, column), end));
      }
    }
    windows.sort(Comparator.<List<Block>>comparingInt(List::size).reversed());
    return windows;
  }

  private static List<Block> blocks(Block from, Block end) {
    List<Block> blocks = new ArrayList<>();
    for (int row = from.row; row < end.row; row++) {
      for (int column = from.column; column < end.column; column++) {
        blocks.add(new Block(row, column));
      }
    }
    return blocks;
  }

  /** Blocks of all images. */
  int blocks() {
    return order.size();
  }

  /** For each block in the tower, its index among those of all images [blocks]. */
  long[] order() {
    return order.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Whether the tower takes blocks in the order in which images have them. */
  boolean inImageOrder() {
    return IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i);
  }

  /**
   * For each block of all images, its index in the tower [blocks]; empty where the tower takes them
   * in that order.
   */
  long[] restored() {
    if (inImageOrder()) {
      return new long[0];
    }
    long[] restored = new long[order.size()];
    for (int i = 0; i < restored.length; i++) {
      restored[order.get(i)] = i;
    }
    return restored;
  }

  /** The patches in the tower's order. */
  List<Patch> patches() {
    return patches;
  }

  /** Row of every patch, then column of every patch, in its image [2, patches]. */
  long[] positions() {
    int count = patches.size();
    long[] positions = new long[2 * count];
    for (int i = 0; i < count; i++) {
      positions[i] = patches.get(i).row;
      positions[count + i] = patches.get(i).column;
    }
    return positions;
  }

  /** What each patch is of its image, in the tower's order; one array for each image. */
  List<TokenPlace[]> places() {
    List<TokenPlace[]> places = new ArrayList<>();
    int next = 0;
    for (Grid grid : grids) {
      TokenPlace[] own = new TokenPlace[grid.blocks() * shape.patches()];
      for (int i = 0; i < own.length; i++) {
        Patch patch = patches.get(next++);
        own[i] =
            TokenPlace.of(
                patch.row, patch.column, grid.rows * shape.merge(), grid.columns * shape.merge());
      }
      places.add(own);
    }
    return places;
  }

  /** The patches of some images, in the tower's order [patches of these images]. */
  long[] patchesOf(int[] images) {
    return runs(images, shape.patches());
  }

  /** The blocks of some images among those of all [blocks of these images]. */
  long[] blocksOf(int[] images) {
    return runs(images, 1);
  }

  private long[] runs(int[] images, int ofBlock) {
    return Arrays.stream(images)
        .boxed()
        .flatMapToLong(
            image -> {
              long first = grids.subList(0, image).stream().mapToLong(Grid::blocks).sum();
              long blocks = grids.get(image).blocks();
              return LongStream.range(first * ofBlock, (first + blocks) * ofBlock);
            })
        .toArray();
  }

  /** Count and length of runs of patches that attend to themselves: windows. */
  int[] windowGroups() {
    return windows.toArray();
  }

  /** Count and length of runs of patches that attend to themselves: images. */
  int[] imageGroups() {
    return images.toArray();
  }

  /**
   * The blocks of an image.
   *
   * @param rows of blocks
   * @param columns of blocks
   */
  public record Grid(int rows, int columns) {
    /** The blocks of pixel values [block rows, block columns, patches of a block, values]. */
    public static Grid of(PixelValues pixels) {
      return new Grid(pixels.shape()[0], pixels.shape()[1]);
    }

    public int blocks() {
      return rows * columns;
    }
  }

  /**
   * A patch of an image.
   *
   * @param grid of its image's blocks
   * @param row of the patch, in patches
   * @param column of the patch, in patches
   */
  record Patch(Grid grid, int row, int column) {}

  private record Block(int row, int column) {}

  /** Runs of one length after another are counted together. */
  private static final class Groups {
    private final List<Integer> values = new ArrayList<>();

    void add(int length) {
      int end = values.size();
      if (end > 0 && values.get(end - 1) == length) {
        values.set(end - 2, values.get(end - 2) + 1);
      } else {
        values.add(1);
        values.add(length);
      }
    }

    int[] toArray() {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }
  }
}
