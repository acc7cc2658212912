package io.superneurons.model;

import io.superneurons.activation.LayerSite;
import java.util.Locale;

/** The activations of a fixture's cases, as transformers computed them. */
final class Golden {
  private Golden() {}

  /** The whole vector of a column. */
  static float[] of(Fixture fixture, Fixture.Case c, LayerSite column) {
    String site = column.site().vector().label();
    String name =
        column
            .site()
            .pooling()
            .map(
                pool ->
                    String.format(
                        Locale.ROOT, "case%d.tower%d.%s.%s", c.index(), column.layer(), site, pool))
            .orElse(
                String.format(Locale.ROOT, "case%d.layer%d.%s", c.index(), column.layer(), site));
    return fixture.golden(name).values();
  }

  /** Whether the fixture has it; older ones have none of the tower. */
  static boolean isKnown(Fixture fixture, LayerSite column) {
    return column.site().pooling().isEmpty() || fixture.hasTower();
  }
}
