package io.superneurons.model.vision;

import io.superneurons.activation.LayerVector;
import io.superneurons.activation.Part;
import io.superneurons.activation.Pooling;
import io.superneurons.activation.Site;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a vision tower's layers give.
 *
 * @param layers that the model itself runs
 * @param hidden width of the residual stream, and of all heads side by side
 * @param heads of attention
 * @param intermediate neurons of an MLP
 * @param classToken whether a class token stands before an image's patches
 */
public record TowerShape(int layers, int hidden, int heads, int intermediate, boolean classToken) {

  /** Width of a vector of a layer. */
  public int width(LayerVector vector) {
    return switch (vector) {
      case RESID_POST, ATTN_Z -> hidden;
      case MLP_POST -> intermediate;
    };
  }

  /** The tower's sites, and the width of each. */
  public Map<Site, Integer> widths() {
    Map<Site, Integer> widths = new TreeMap<>();
    for (Site site : Site.of(Part.TOWER)) {
      Pooling pooling = site.pooling().orElseThrow();
      if (layers > 0 && (classToken || pooling != Pooling.CLS)) {
        widths.put(site, width(site.vector()) * pooling.vectors());
      }
    }
    return widths;
  }
}
