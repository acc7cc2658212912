package io.superneurons.model.weights;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model is computed in.
 *
 * @param type of the elements
 * @param tower what the products of the vision tower's layers are computed in
 */
public record Computation(ComputeType type, TowerType tower) implements Serializable {
  private static final String INT8_TOWER = "+int8_tower";

  public Computation {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(tower, "tower");
  }

  /** The whole model in one type. */
  public static Computation in(ComputeType type) {
    return new Computation(type, TowerType.AUTO);
  }

  /** What a label says, in capitals or not; empty if it is none. */
  public static Optional<Computation> of(String label) {
    return Arrays.stream(TowerType.values())
        .flatMap(
            tower -> Arrays.stream(ComputeType.values()).map(type -> new Computation(type, tower)))
        .filter(known -> known.label().equalsIgnoreCase(label))
        .findFirst();
  }

  /**
   * By the names of options; without the tower where that is like the rest, since earlier runs did
   * not name it.
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("dtype", type.label());
    if (tower != TowerType.AUTO) {
      settings.put("tower_dtype", tower.label());
    }
    return settings;
  }

  /** The name in files, such as {@code bfloat16} or {@code bfloat16+int8_tower}. */
  public String label() {
    return type.label() + (tower == TowerType.INT8 ? INT8_TOWER : "");
  }
}
