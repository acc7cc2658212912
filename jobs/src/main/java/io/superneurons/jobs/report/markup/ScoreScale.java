package io.superneurons.jobs.report.markup;

import java.util.List;

/**
 * The vertical axis of scores.
 *
 * @param low the score at the bottom
 * @param high the score at the top
 * @param step between lines of the grid
 * @param top of the plot
 * @param height of the plot
 */
public record ScoreScale(double low, double high, double step, double top, double height) {
  private static final double[] STEPS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
  private static final int MOST_LINES = 6;

  /** A scale that holds all of those scores. */
  public static ScoreScale of(List<Double> scores, double top, double height) {
    var all = scores.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
    var range = all.summaryStatistics();
    if (range.getCount() == 0) {
      return new ScoreScale(0, 1, 0.2, top, height);
    }
    for (double step : STEPS) {
      double low = Math.floor(range.getMin() / step + 1e-9) * step;
      double high = Math.ceil(range.getMax() / step - 1e-9) * step;
      if (high <= low) { // all the same; a share is at most 1
        low = high > 0 ? high - step : low;
        high = high > 0 ? high : low + step;
      }
      if ((high - low) / step <= MOST_LINES + 1e-9) {
        return new ScoreScale(low, high, step, top, height);
      }
    }
    return new ScoreScale(-1, 1, 0.5, top, height);
  }

  public double y(double score) {
    return top + height * (1 - (score - low) / (high - low));
  }

  /** The grid and its numbers. */
  public Element draw(double left, double width) {
    Element grid = Element.of("g").with("class", "grid");
    for (int i = 0; low + i * step <= high + 1e-9; i++) {
      double score = low + i * step;
      grid.add(
          Svg.line(left, y(score), left + width, y(score)),
          Svg.text(left - 8, y(score) + 4, Numbers.shortScore(score), Svg.Anchor.END));
    }
    return grid;
  }
}
