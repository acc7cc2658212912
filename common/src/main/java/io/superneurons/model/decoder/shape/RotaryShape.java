package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.Locale;

/**
 * The rotary positions of a decoder. Where positions have several axes (time, row and column of a
 * patch), each frequency turns with one of them.
 *
 * @param dim how many of a head's values turn, the first ones; where it is odd one more turns, by
 *     the frequencies of the odd number
 * @param theta base of the frequencies
 * @param scaling how they are changed for longer texts
 * @param axes which axis of the positions turns each frequency [dim / 2, rounded up]
 */
public record RotaryShape(int dim, double theta, RotaryScaling scaling, int[] axes) {
  public RotaryShape {
    if (!(theta > 0)) {
      throw new ModelException("text_config: rope_theta must be positive: " + theta);
    }
  }

  private static final String PARAMETERS = "rope_parameters";
  private static final String SCALING = "rope_scaling";
  private static final String FULL = "full_attention";
  static final String PART = "partial_rotary_factor";

  /** How frequencies are shared between time, row and column. */
  enum Layout {
    /** Positions have one axis. */
    ONE_AXIS,
    /** The first so many frequencies by time, the next by row, the last by column. */
    SECTIONS,
    /** Time, row, column, time, row, column, ..., and time for what is left. */
    INTERLEAVED;

    private static final int AXES = 3;

    int[] axes(int[] sections, int frequencies) {
      int[] axes = new int[frequencies];
      switch (this) {
        case SECTIONS -> fillSections(axes, sections);
        case INTERLEAVED -> fillInterleaved(axes, sections);
        default -> {}
      }
      return axes;
    }

    private static void fillSections(int[] axes, int[] sections) {
      if (Arrays.stream(sections).sum() != axes.length) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "text_config: mrope_section %s must add up to half of the head's width, %d",
                Arrays.toString(sections),
                axes.length));
      }
      int end = 0;
      for (int i = 0; i < sections.length; i++) {
        Arrays.fill(axes, end, end + sections[i], i % AXES);
        end += sections[i];
      }
    }

    private static void fillInterleaved(int[] axes, int[] sections) {
      if (sections.length != AXES) {
        throw new ModelException(
            "text_config: mrope_section must have 3 numbers, not " + Arrays.toString(sections));
      }
      for (int axis = 1; axis < AXES; axis++) {
        for (int i = axis; i < Math.min(sections[axis] * AXES, axes.length); i += AXES) {
          axes[i] = axis;
        }
      }
    }
  }

  /**
   * What transformers assumes where a configuration says nothing.
   *
   * @param part of a head's values that turn
   * @param longest {@code max_position_embeddings}
   * @param parameters {@code rope_parameters} where they are left out, as JSON
   */
  record Defaults(
      double theta, double part, Layout layout, int longest, String parameters, int... sections) {
    Defaults(double theta, double part, Layout layout, int... sections) {
      this(theta, part, layout, 2048, "{}", sections);
    }

    /** The same for texts of so many tokens. */
    Defaults upTo(int tokens) {
      return new Defaults(theta, part, layout, tokens, parameters, sections);
    }

    /** The same with other {@code rope_parameters}. */
    Defaults where(String json) {
      return new Defaults(theta, part, layout, longest, json, sections);
    }
  }

  /**
   * Reads {@code rope_scaling} and {@code rope_theta} of the older layout, or {@code
   * rope_parameters}; as transformers does, the older one where both are there.
   */
  static RotaryShape of(Config text, Defaults defaults, int headDim) {
    Config rope = rope(text, defaults);
    if (rope.has(FULL)) {
      rope = rope.child(FULL);
    }
    int[] sections = rope.has("mrope_section") ? rope.ints("mrope_section") : defaults.sections;
    double theta = rope.doubleValue("rope_theta", text.doubleValue("rope_theta", defaults.theta));
    int dim = turning(text, rope, defaults.part, headDim);
    return new RotaryShape(
        dim,
        theta,
        RotaryScaling.of(text, rope, theta, dim, defaults.longest),
        defaults.layout.axes(sections, (dim + 1) / 2));
  }

  private static Config rope(Config text, Defaults defaults) {
    Config older = text.child(SCALING);
    if (!older.isEmpty() && text.child(PARAMETERS).has(FULL)) {
      throw new ModelException(
          "text_config: rope_scaling beside rope_parameters.full_attention is not supported; keep"
              + " one of them");
    }
    if (!older.isEmpty()) {
      return older;
    }
    return text.has(PARAMETERS)
        ? text.child(PARAMETERS)
        : Config.parse(text.file(), defaults.parameters);
  }

  /**
   * The same in layers with a window, where they have positions of their own: {@code
   * rope_parameters.sliding_attention}, or a base alone.
   *
   * @param thetaKey the base in the older layout
   */
  static RotaryShape ofWindows(Config text, String thetaKey, Defaults defaults, int headDim) {
    Config rope = text.child(PARAMETERS).child("sliding_attention");
    double theta = rope.doubleValue("rope_theta", text.doubleValue(thetaKey, 10_000));
    return new RotaryShape(
        headDim,
        theta,
        RotaryScaling.of(text, rope, theta, headDim, defaults.longest),
        Layout.ONE_AXIS.axes(new int[0], headDim / 2));
  }

  /**
   * How many of a head's values turn. Where all do by default, transformers does not look for a
   * part unless the frequencies are scaled.
   */
  private static int turning(Config text, Config rope, double usual, int headDim) {
    if (RotaryScaling.type(rope).equals(RotaryScaling.PROPORTIONAL)) {
      return headDim;
    }
    String key = PART;
    double part = rope.doubleValue(key, text.doubleValue(key, usual));
    if (usual == 1 && RotaryScaling.isNone(rope)) {
      part = 1;
    }
    boolean known = usual == 1 ? part == 1 : part > 0 && part <= 1;
    int dim = known ? (int) (headDim * part) : 0;
    if (dim < 1 || dim + dim % 2 > headDim) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "text_config: %s %s is not supported with heads of %d values%s",
              key,
              part,
              headDim,
              usual == 1 ? " and scaled frequencies" : ""));
    }
    return dim;
  }
}
