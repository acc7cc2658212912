package io.superneurons.export;

import io.superneurons.activation.LayerSite;
import java.io.Serializable;
import java.util.Objects;

/**
 * Some neurons of one column of activations.
 *
 * @param place layer and site
 * @param indexes ascending; not to be changed
 */
record ColumnNeurons(LayerSite place, int[] indexes) implements Serializable {
  ColumnNeurons {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(indexes, "indexes");
  }
}
