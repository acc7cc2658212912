package io.superneurons.jobs.report;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.parquet.TableRow;
import java.util.List;
import java.util.Optional;

/**
 * Of a task, layer and site the neuron that is best on probing rows, the first of equals; and how
 * many were tried. Not thread-safe.
 */
final class BestOfCell {
  /** Columns of the scores that are added up. */
  static final List<String> COLUMNS =
      List.of("task", "layer", "site", "index", "probe", "validation", "q_value");

  private static final double SIGNIFICANT = 0.05;

  private final LayerSite place;
  private CellScore best;
  private long tried;
  private long significant;

  /**
   * Which cell a row belongs to.
   *
   * @param task by name
   * @param place layer and site
   */
  record Key(String task, LayerSite place) {
    static Key of(TableRow row) {
      return new Key(
          row.text("task"), new LayerSite(row.integer("layer"), Site.of(row.text("site"))));
    }
  }

  BestOfCell(Key key) {
    this.place = key.place();
  }

  void add(TableRow row) {
    tried++;
    if (row.numberIfAny("q_value").orElse(1) < SIGNIFICANT) {
      significant++;
    }
    if (!row.isNull("probe") && isBetter(row.number("probe"), row.integer("index"))) {
      best =
          new CellScore(
              place,
              row.integer("index"),
              row.number("probe"),
              row.numberIfAny("validation").orElse(Double.NaN));
    }
  }

  private boolean isBetter(double probe, int index) {
    return best == null || probe > best.probe() || (probe == best.probe() && index < best.index());
  }

  /** Nothing where no neuron can be selected. */
  Optional<CellScore> best() {
    return Optional.ofNullable(best);
  }

  long tried() {
    return tried;
  }

  /** Neurons with a false discovery rate below 0.05. */
  long significant() {
    return significant;
  }
}
