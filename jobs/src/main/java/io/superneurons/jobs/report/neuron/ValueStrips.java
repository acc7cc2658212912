package io.superneurons.jobs.report.neuron;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import io.superneurons.jobs.report.markup.Svg;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.statistics.Confusion;
import java.util.Arrays;
import java.util.List;

/**
 * Draws the values of a neuron as histograms, one below the other: one for each label, on one axis,
 * with the threshold across all. The colour tells whether the neuron's vote on such a value is
 * right there.
 */
final class ValueStrips {
  private static final int LEFT = 92;
  private static final int WIDTH = 280;
  private static final int TOP = 16;
  private static final int STRIP = 34;
  private static final int BINS = 32;
  private static final int LONGEST = 13;

  /**
   * Where the whole range is so many times that of all but a value in a hundred at either end, the
   * axis ends there, and what lies outside counts in the last bin.
   */
  private static final double FAR = 4;

  private static final double OUTSIDE = 0.01;

  private static final int RIGHT = 0;
  private static final int WRONG = 1;
  private static final int NONE = 2;
  private static final List<String> STYLES = List.of("says-right", "says-wrong", "says-none");

  private final List<String> labels;
  private final FittedRule fitted;
  private final int[][][] counts; // [labels, BINS, vote]
  private double low;
  private double high;
  private String lowest;
  private String highest;

  ValueStrips(List<String> labels, FittedRule fitted, List<CardRow> rows, int neuron) {
    this.labels = labels;
    this.fitted = fitted;
    this.counts = new int[labels.size()][BINS][STYLES.size()];
    setRange(rows.stream().mapToDouble(row -> row.values()[neuron]).toArray());
    for (CardRow row : rows) {
      double value = row.values()[neuron];
      if (row.label() >= 0 && Double.isFinite(value)) {
        counts[row.label()][bin(value)][kind(value, row.label())]++;
      }
    }
  }

  private void setRange(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      sorted = new double[] {0, 1};
    }
    int last = sorted.length - 1;
    int cut = (int) (OUTSIDE * sorted.length);
    double most = sorted[last - cut] - sorted[cut];
    if (most == 0 || sorted[last] - sorted[0] <= FAR * most) {
      cut = 0;
    }
    low = sorted[cut];
    high = sorted[last - cut];
    for (double threshold : fitted.thresholds()) {
      low = Math.min(low, threshold);
      high = Math.max(high, threshold);
    }
    lowest = (sorted[0] < low ? "≤ " : "") + Numbers.activation(low);
    highest = (sorted[last] > high ? "≥ " : "") + Numbers.activation(high);
    if (low == high) { // all on one value, which then is in the middle
      double edge = Math.max(1e-6, Math.abs(low) * 0.01);
      low -= edge;
      high += edge;
    }
  }

  private int bin(double value) {
    int bin = (int) ((value - low) / (high - low) * BINS);
    return Math.max(0, Math.min(BINS - 1, bin));
  }

  private int kind(double value, int label) {
    int vote = fitted.vote(value);
    return vote == Confusion.NO_LABEL ? NONE : vote == label ? RIGHT : WRONG;
  }

  Element draw(String name) {
    double bottom = TOP + labels.size() * STRIP;
    Element svg = Svg.canvas(LEFT + WIDTH + 12, bottom + 22, name).with("class", "chart");
    for (int label = 0; label < labels.size(); label++) {
      svg.add(strip(label));
    }
    svg.add(
        Svg.text(LEFT, bottom + 16, lowest, Svg.Anchor.START).with("class", "soft"),
        Svg.text(LEFT + WIDTH, bottom + 16, highest, Svg.Anchor.END).with("class", "soft"));
    for (double threshold : fitted.thresholds()) {
      double x = x(threshold);
      svg.add(
          Svg.line(x, TOP - 2, x, bottom + 2).with("class", "cut"),
          Svg.text(middle(x), TOP - 6, Numbers.activation(threshold), Svg.Anchor.MIDDLE));
    }
    return svg;
  }

  private static double middle(double x) {
    return Math.max(LEFT + 22, Math.min(LEFT + WIDTH - 22, x));
  }

  private double x(double value) {
    return LEFT + (value - low) / (high - low) * WIDTH;
  }

  private Element strip(int label) {
    int most = Math.max(1, Arrays.stream(counts[label]).mapToInt(ValueStrips::sum).max().orElse(1));
    double base = TOP + (label + 1) * STRIP - 4;
    Element strip =
        Element.of("g")
            .with("class", "grid")
            .with("data-label", labels.get(label))
            .add(
                Svg.line(LEFT, base, LEFT + WIDTH, base),
                Svg.text(LEFT - 8, base - 6, shortened(labels.get(label)), Svg.Anchor.END));
    double mean = fitted.means().length == 0 ? Double.NaN : fitted.means()[label];
    for (int bin = 0; bin < BINS; bin++) {
      addBars(strip, counts[label][bin], most, base, bin);
    }
    if (mean >= low && mean <= high) {
      strip.add(Svg.line(x(mean), base - STRIP + 8, x(mean), base).with("class", "cut"));
    }
    return strip;
  }

  private static int sum(int[] kinds) {
    return Arrays.stream(kinds).sum();
  }

  private static void addBars(Element strip, int[] kinds, int most, double base, int bin) {
    double width = (double) WIDTH / BINS;
    double top = base;
    for (int kind = 0; kind < kinds.length; kind++) {
      if (kinds[kind] > 0) {
        double height = (STRIP - 8.0) * kinds[kind] / most;
        top -= height;
        strip.add(
            Svg.box(LEFT + bin * width + 0.5, top, width - 1, height)
                .with("class", STYLES.get(kind))
                .add(Element.of("title", Plural.text(kinds[kind], "row"))));
      }
    }
  }

  private static String shortened(String label) {
    return label.length() > LONGEST ? label.substring(0, LONGEST - 1) + "…" : label;
  }
}
