package io.superneurons.activation;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * A layer of a model, among all that a row passes: those of the vision tower come before those of
 * the decoder. Ordered as a row passes them.
 *
 * @param part whose layer it is
 * @param number zero-based, within the part
 */
public record ModelLayer(Part part, int number) implements Comparable<ModelLayer>, Serializable {
  /** Columns are named with two digits at least, and sort by name while these suffice. */
  private static final int MOST = 9999;

  /** No layer of any model is deeper. */
  public static final ModelLayer DEEPEST = new ModelLayer(Part.DECODER, MOST);

  public ModelLayer {
    Objects.requireNonNull(part, "part");
    if (number < 0 || number > MOST) {
      throw new IllegalArgumentException("layer must be from 0 to 9999, not " + number);
    }
  }

  /** A layer of the vision tower. */
  public static ModelLayer ofTower(int number) {
    return new ModelLayer(Part.TOWER, number);
  }

  /** A layer of the decoder. */
  public static ModelLayer ofDecoder(int number) {
    return new ModelLayer(Part.DECODER, number);
  }

  /**
   * The layer that a user names: a number for a layer of the decoder, such as {@code 3}, and one
   * after a {@code v} for a layer of the vision tower, such as {@code v11}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ModelLayer parse(String text) {
    String name = text.strip();
    boolean tower = name.startsWith("v");
    String number = tower ? name.substring(1) : name;
    if (!number.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' names no layer; 3 is a layer of the decoder, v3 one of the vision tower",
              text));
    }
    return new ModelLayer(tower ? Part.TOWER : Part.DECODER, Integer.parseInt(number));
  }

  /** Whether it is a layer of the vision tower. */
  public boolean inTower() {
    return part == Part.TOWER;
  }

  /** What {@link #parse} reads, such as {@code 3} or {@code v11}. */
  public String name() {
    return inTower() ? "v" + number : Integer.toString(number);
  }

  /** How the layer's columns begin, such as {@code l03} or {@code v11}. */
  String prefix() {
    return String.format(Locale.ROOT, "%c%02d", part.prefix(), number);
  }

  @Override
  public int compareTo(ModelLayer other) {
    return compare(part, number, other.part, other.number);
  }

  /** Which of two layers a row passes first, as {@link #compareTo}. */
  static int compare(Part part, int number, Part otherPart, int otherNumber) {
    int byPart = part.compareTo(otherPart);
    return byPart != 0 ? byPart : Integer.compare(number, otherNumber);
  }

  /** For people, such as {@code layer 3} or {@code tower layer 11}. */
  @Override
  public String toString() {
    return (inTower() ? "tower layer " : "layer ") + number;
  }
}
