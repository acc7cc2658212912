package io.superneurons.jobs.report.markup;

import java.util.Locale;

/** Pieces of SVG. */
public final class Svg {
  private Svg() {}

  /** Which part of a text stands at its position. */
  public enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * A drawing that fits the page's width.
   *
   * @param name what it shows, for readers who do not see it
   */
  public static Element canvas(double width, double height, String name) {
    return Element.of("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("role", "img")
        .with("aria-label", name)
        .with("width", width)
        .with("height", height)
        .with("viewBox", "0 0 " + Numbers.coordinate(width) + " " + Numbers.coordinate(height));
  }

  public static Element text(double x, double y, String text, Anchor anchor) {
    return Element.of("text", text)
        .with("x", x)
        .with("y", y)
        .with("text-anchor", anchor.name().toLowerCase(Locale.ROOT));
  }

  public static Element box(double x, double y, double width, double height) {
    return Element.of("rect").with("x", x).with("y", y).with("width", width).with("height", height);
  }

  public static Element line(double x1, double y1, double x2, double y2) {
    return Element.of("line").with("x1", x1).with("y1", y1).with("x2", x2).with("y2", y2);
  }

  /** Of labels that stand side by side, every how many has room. */
  public static int labelEvery(int labels, double distance, double room) {
    return Math.max(1, Math.min(labels, (int) Math.ceil(room / distance)));
  }
}
