package io.superneurons.model.decoder.shape;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the frequencies of rotary positions are changed so that a decoder reads longer texts than it
 * was first trained on (transformers' modeling_rope_utils.py).
 *
 * @param divisors what each frequency is divided by [dim / 2, rounded up]; 1 where it stays as it
 *     is, infinity where nothing turns
 * @param magnitude what cosines and sines are multiplied by
 * @param longest tokens up to which this holds, those of the answer included
 */
public record RotaryScaling(double[] divisors, double magnitude, int longest) {
  /** All of a head's values have a frequency, of which the last ones are 0. */
  static final String PROPORTIONAL = "proportional";

  private static final int ANY_LENGTH = Integer.MAX_VALUE;

  public RotaryScaling {
    for (double divisor : divisors) {
      if (!(divisor > 0)) {
        throw new ModelException("text_config: rope scaling gives no usable frequency: " + divisor);
      }
    }
    if (!(magnitude > 0) || Double.isInfinite(magnitude)) {
      throw new ModelException("text_config: attention_factor must be positive: " + magnitude);
    }
  }

  RotaryScaling(double[] divisors, double magnitude) {
    this(divisors, magnitude, ANY_LENGTH);
  }

  /**
   * Reads {@code rope_type}, or {@code type} of the older layout.
   *
   * @param text has {@code max_position_embeddings}
   * @param rope its {@code rope_parameters} or {@code rope_scaling}
   * @param theta base of the frequencies
   * @param dim how many of a head's values turn
   * @param usualLength {@code max_position_embeddings} where the text has none
   * @throws ModelException for a type that is not supported; the message names it
   */
  static RotaryScaling of(Config text, Config rope, double theta, int dim, int usualLength) {
    double[] frequencies = frequencies(theta, dim);
    int length = text.intValue("max_position_embeddings", usualLength);
    String type = type(rope);
    return switch (type) {
      case "default", "mrope" -> same(1, frequencies.length);
      case "linear" -> same(factor(rope), frequencies.length);
      case "llama3" -> llama3(rope, trainedLength(text, rope, length), frequencies);
      case "yarn" -> yarn(rope, trainedLength(text, rope, length), theta, dim);
      case "dynamic" -> dynamic(rope, length, frequencies.length);
      case PROPORTIONAL -> proportional(rope, dim);
      default ->
          throw new ModelException(
              String.format(
                  Locale.ROOT,
                  "text_config: rope type '%s' is not supported; default, linear, dynamic, llama3,"
                      + " proportional and yarn are",
                  type));
    };
  }

  static String type(Config rope) {
    return rope.string("rope_type", rope.string("type", "default"));
  }

  /** Whether nothing is changed. */
  static boolean isNone(Config rope) {
    return List.of("default", "mrope").contains(type(rope));
  }

  /** The frequencies before scaling [dim / 2, rounded up]. */
  private static double[] frequencies(double theta, int dim) {
    double[] frequencies = new double[(dim + 1) / 2];
    Arrays.setAll(frequencies, i -> Math.pow(theta, -2.0 * i / dim));
    return frequencies;
  }

  private static RotaryScaling same(double divisor, int frequencies) {
    double[] divisors = new double[frequencies];
    Arrays.fill(divisors, divisor);
    return new RotaryScaling(divisors, 1);
  }

  /** No change as far as the model was trained; what is longer is not run. */
  private static RotaryScaling dynamic(Config rope, int length, int frequencies) {
    factor(rope);
    double[] divisors = same(1, frequencies).divisors();
    return new RotaryScaling(divisors, 1, length);
  }

  /** The first frequencies of those of the whole head; the rest do not turn. */
  private static RotaryScaling proportional(Config rope, int dim) {
    double factor = rope.has("factor") ? factor(rope) : 1;
    int turning = (int) Math.floor(rope.doubleValue(RotaryShape.PART, 1) * dim / 2);
    double[] divisors = new double[dim / 2];
    Arrays.setAll(divisors, i -> i < turning ? factor : Double.POSITIVE_INFINITY);
    return new RotaryScaling(divisors, 1);
  }

  private static double factor(Config rope) {
    double factor = rope.requireDouble("factor");
    if (!(factor >= 1)) {
      throw new ModelException("text_config: the rope factor must be 1 or more: " + factor);
    }
    return factor;
  }

  /** What the model was first trained on, in tokens. */
  private static double trainedLength(Config text, Config rope, int usual) {
    String key = "original_max_position_embeddings";
    return text.has(key) ? text.requireDouble(key) : rope.doubleValue(key, usual);
  }

  /** Long wavelengths are stretched, short ones stay, and those between change smoothly. */
  private static RotaryScaling llama3(Config rope, double length, double[] frequencies) {
    double factor = factor(rope);
    double low = rope.requireDouble("low_freq_factor");
    double high = rope.requireDouble("high_freq_factor");
    double[] divisors = new double[frequencies.length];
    for (int i = 0; i < divisors.length; i++) {
      double turns = length * frequencies[i] / (2 * Math.PI);
      divisors[i] = blended(factor, (turns - low) / (high - low));
    }
    return new RotaryScaling(divisors, 1);
  }

  /** Arxiv 2309.00071: by how often a frequency turns over the length that was trained on. */
  private static RotaryScaling yarn(Config rope, double length, double theta, int dim) {
    if (dim % 2 != 0) {
      throw new ModelException(
          "text_config: rope type 'yarn' is not supported where an odd number of values turn, "
              + dim);
    }
    double factor = factor(rope);
    double first = turningAt(positive(rope, "beta_fast", 32), length, theta, dim);
    double last = turningAt(positive(rope, "beta_slow", 1), length, theta, dim);
    if (rope.booleanValue("truncate", true)) {
      first = Math.floor(first);
      last = Math.ceil(last);
    }
    first = Math.max(first, 0);
    last = Math.min(last, dim - 1.0);
    double width = first == last ? 0.001 : last - first;
    double[] divisors = new double[dim / 2];
    for (int i = 0; i < divisors.length; i++) {
      divisors[i] = blended(factor, 1 - (i - first) / width);
    }
    return new RotaryScaling(divisors, yarnMagnitude(rope, factor), longest(rope));
  }

  /** Ministral 3 makes queries larger from some position on, which is not run here. */
  private static int longest(Config rope) {
    return rope.doubleValue("llama_4_scaling_beta", 0) == 0
        ? ANY_LENGTH
        : rope.requireInt("original_max_position_embeddings");
  }

  /** The index of the frequency that makes so many turns over a length. */
  private static double turningAt(double turns, double length, double theta, int dim) {
    return dim * Math.log(length / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  private static double yarnMagnitude(Config rope, double factor) {
    double above = positive(rope, "mscale", 0);
    double below = positive(rope, "mscale_all_dim", 0);
    double usual =
        above > 0 && below > 0
            ? magnitude(factor, above) / magnitude(factor, below)
            : magnitude(factor, 1);
    return rope.doubleValue("attention_factor", usual);
  }

  private static double magnitude(double factor, double scale) {
    return 0.1 * scale * Math.log(factor) + 1;
  }

  /** A number, or the fallback where it is left out or 0. */
  private static double positive(Config rope, String key, double fallback) {
    double value = rope.doubleValue(key, 0);
    if (value < 0) {
      throw new ModelException(
          String.format(Locale.ROOT, "text_config: %s must not be negative: %s", key, value));
    }
    return value == 0 ? fallback : value;
  }

  /** The divisor of a frequency of which that share (0 to 1) stays and the rest is stretched. */
  private static double blended(double factor, double share) {
    double kept = Math.min(1, Math.max(0, share));
    return 1 / ((1 - kept) / factor + kept);
  }
}
