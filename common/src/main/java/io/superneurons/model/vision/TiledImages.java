package io.superneurons.model.vision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Images as tiles of one size for a tower of the CLIP and SigLIP kind.
 *
 * @param images one after another
 * @param tilings how each of them is cut
 * @param rows of patches of a tile
 * @param columns of patches of a tile
 */
public record TiledImages(List<ImageInput> images, List<Tiling> tilings, int rows, int columns) {
  public TiledImages {
    images = List.copyOf(images);
    tilings = List.copyOf(tilings);
  }

  /**
   * How an image is cut.
   *
   * @param tiles how many
   * @param whole which of them is the view of the whole image
   * @param padding patches of the tiles that are padding, tile after tile
   */
  public record Tiling(int tiles, int whole, BitSet padding) {
    /** The image is one tile. */
    public static Tiling ofOne() {
      return new Tiling(1, 0, new BitSet());
    }
  }

  /** Images of one tile each. */
  public static TiledImages ofOneTile(List<ImageInput> images, int patchesPerSide) {
    List<Tiling> tilings = images.stream().map(image -> Tiling.ofOne()).toList();
    return new TiledImages(images, tilings, patchesPerSide, patchesPerSide);
  }

  /** Patches of a tile. */
  int patches() {
    return rows * columns;
  }

  /**
   * What the tokens of an image are.
   *
   * @param classToken whether each tile's patches come after a class token
   */
  TokenPlace[] places(int image, boolean classToken) {
    Tiling tiling = tilings.get(image);
    TokenPlace[] places = new TokenPlace[tiling.tiles * (patches() + (classToken ? 1 : 0))];
    int next = 0;
    for (int tile = 0; tile < tiling.tiles; tile++) {
      if (classToken) {
        places[next++] = tile == tiling.whole ? TokenPlace.CLASS : TokenPlace.NONE;
      }
      for (int patch = 0; patch < patches(); patch++) {
        places[next++] = place(tiling, tile, patch);
      }
    }
    return places;
  }

  private TokenPlace place(Tiling tiling, int tile, int patch) {
    if (tiling.padding.get(tile * patches() + patch)) {
      return TokenPlace.NONE;
    }
    return tile == tiling.whole
        ? TokenPlace.of(patch / columns, patch % columns, rows, columns)
        : TokenPlace.PATCH;
  }

  /** The tiles of some images among those of all, by their indices. */
  long[] tilesOf(int[] chosen) {
    LongStream.Builder tiles = LongStream.builder();
    for (int image : chosen) {
      long first = tilings.subList(0, image).stream().mapToLong(Tiling::tiles).sum();
      for (int tile = 0; tile < tilings.get(image).tiles; tile++) {
        tiles.add(first + tile);
      }
    }
    return tiles.build().toArray();
  }

  /** Some of the images. */
  TiledImages only(int[] chosen) {
    return new TiledImages(
        Arrays.stream(chosen).mapToObj(images::get).toList(),
        Arrays.stream(chosen).mapToObj(tilings::get).toList(),
        rows,
        columns);
  }
}
