package io.superneurons.image.process;

import io.superneurons.image.ImageException;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.ImageSize;
import java.util.Locale;

/** How the size after resizing follows from the size before. */
public sealed interface ResizeRule {
  /** The size after resizing. */
  ImageSize target(ImageSize original);

  /** No resizing: {@code do_resize: false}. */
  record Keep() implements ResizeRule {
    @Override
    public ImageSize target(ImageSize original) {
      return original;
    }
  }

  /**
   * Both sides given, whatever the aspect ratio: {@code size: {"height", "width"}}.
   *
   * @param size after resizing
   */
  record Exact(ImageSize size) implements ResizeRule {
    @Override
    public ImageSize target(ImageSize original) {
      return size;
    }
  }

  /**
   * The shorter side given, unless the longer one would exceed a limit, which then decides: {@code
   * size: {"shortest_edge", "longest_edge"}}, {@code get_size_with_aspect_ratio} of {@code
   * transformers/image_transforms.py}.
   *
   * @param shortest length of the shorter side after resizing, in pixels
   * @param longest what the longer side has at most, in pixels
   */
  record BothEdges(int shortest, int longest) implements ResizeRule {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if an edge is not positive
     */
    public BothEdges {
      if (shortest < 1 || longest < 1) {
        throw new IllegalArgumentException(
            "The shortest and longest edge must be positive, got " + shortest + ", " + longest);
      }
    }

    @Override
    public ImageSize target(ImageSize original) {
      double shorter = Math.min(original.width(), original.height());
      double longer = Math.max(original.width(), original.height());
      boolean tooLong = longer / shorter * shortest > longest;
      double exact = tooLong ? longest * shorter / longer : shortest;
      int edge = (int) Math.rint(exact);
      if (edge == (int) shorter) {
        return original;
      }
      int other = (int) (exact * longer / shorter);
      if (edge < 1 || other < 1) {
        throw new ImageException(
            String.format(
                Locale.ROOT,
                "An image of %s is too narrow: nothing is left of it within a longest edge of %d",
                original,
                longest));
      }
      return original.width() < original.height()
          ? new ImageSize(other, edge)
          : new ImageSize(edge, other);
    }
  }

  /**
   * The shorter side given, the other in proportion, rounded down: {@code size: {"shortest_edge"}},
   * {@code get_resize_output_image_size(default_to_square=False)} of {@code
   * transformers/image_transforms.py}.
   *
   * @param edge length of the shorter side after resizing, in pixels
   */
  record ShortestEdge(int edge) implements ResizeRule {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the edge is not positive
     */
    public ShortestEdge {
      if (edge < 1) {
        throw new IllegalArgumentException("The shortest edge must be positive, got " + edge);
      }
    }

    /**
     * The size after resizing.
     *
     * @throws ImageException if the image is so narrow that this is above {@link
     *     ImageLimits#DEFAULT}
     */
    @Override
    public ImageSize target(ImageSize original) {
      int width = original.width();
      int height = original.height();
      int shorter = Math.min(width, height);
      long longer = (long) ((double) ((long) edge * Math.max(width, height)) / shorter);
      if (longer * edge > ImageLimits.DEFAULT.maxPixels()) {
        throw new ImageException(
            String.format(
                Locale.ROOT,
                "An image of %d x %d pixels is too narrow: resized to a shortest edge of %d it"
                    + " would be %d pixels long",
                width,
                height,
                edge,
                longer));
      }
      return width <= height
          ? new ImageSize((int) longer, edge)
          : new ImageSize(edge, (int) longer);
    }
  }

  /**
   * As many squares as a budget has, aspect ratio kept, rounded down: {@code
   * get_aspect_ratio_preserving_size} of {@code models/gemma4/image_processing_gemma4.py}.
   *
   * @param side of a square, in pixels
   * @param squares at most
   */
  record Squares(int side, int squares) implements ResizeRule {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if a value is not positive
     */
    public Squares {
      if (side < 1 || squares < 1) {
        throw new IllegalArgumentException(
            "Side and number of squares must be positive, got " + side + ", " + squares);
      }
    }

    @Override
    public ImageSize target(ImageSize original) {
      long most = (long) squares * side * side;
      double factor = Math.sqrt((double) most / original.pixels());
      long height = (long) Math.floor(factor * original.height() / side) * side;
      long width = (long) Math.floor(factor * original.width() / side) * side;
      long longest = (long) squares * side;
      if (height == 0) { // then the width is not 0: both together would have the budget's pixels
        height = side;
        width = Math.min((long) (original.width() / original.height()) * side, longest);
      } else if (width == 0) {
        width = side;
        height = Math.min((long) (original.height() / original.width()) * side, longest);
      }
      return new ImageSize(Math.toIntExact(height), Math.toIntExact(width));
    }
  }

  /**
   * Within two edges, aspect ratio kept, then both sides rounded up to whole squares: {@code
   * get_resize_output_image_size} of {@code models/pixtral/image_processing_pixtral.py}.
   *
   * @param side of a square, in pixels
   * @param most height and width at most, before they are rounded up
   */
  record WithinEdges(int side, ImageSize most) implements ResizeRule {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the side is not positive
     */
    public WithinEdges {
      if (side < 1) {
        throw new IllegalArgumentException("A square's side must be positive, got " + side);
      }
    }

    @Override
    public ImageSize target(ImageSize original) {
      double ratio =
          Math.max(
              (double) original.height() / most.height(), (double) original.width() / most.width());
      int height = original.height();
      int width = original.width();
      if (ratio > 1) {
        height = (int) Math.floor(height / ratio);
        width = (int) Math.floor(width / ratio);
      }
      if (height < 1 || width < 1) {
        throw new ImageException(
            String.format(
                Locale.ROOT,
                "An image of %s is too narrow: nothing is left of it within %s",
                original,
                most));
      }
      return new ImageSize(squares(height), squares(width));
    }

    private int squares(int length) {
      return Math.multiplyExact((length - 1) / side + 1, side);
    }
  }
}
