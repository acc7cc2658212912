package io.superneurons.model.vision;

/** What a token of a vision tower is of its image. */
enum TokenPlace {
  /** Padding, or the class token of a part of the image. */
  NONE,

  /** A patch of a part of the image. */
  PATCH,

  /** A patch of the view of the whole image, by its quarter. */
  TOP_LEFT,
  TOP_RIGHT,
  BOTTOM_LEFT,
  BOTTOM_RIGHT,

  /** The class token of the view of the whole image. */
  CLASS;

  /**
   * The place of a patch in a view of the whole image.
   *
   * @param rows of patches
   * @param columns of patches
   */
  static TokenPlace of(int row, int column, int rows, int columns) {
    boolean right = 2 * column >= columns;
    if (2 * row >= rows) {
      return right ? BOTTOM_RIGHT : BOTTOM_LEFT;
    }
    return right ? TOP_RIGHT : TOP_LEFT;
  }

  /** Whether it is a patch of the image. */
  boolean isPatch() {
    return this != NONE && this != CLASS;
  }
}
