package io.superneurons.text.python;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} give: no list, so without elements by
 * number.
 *
 * @param dict the dict
 * @param kind which of them
 */
public record DictView(PythonDict dict, Kind kind) {
  public enum Kind {
    KEYS,
    VALUES,
    ITEMS
  }

  public List<Object> items() {
    return switch (kind) {
      case KEYS -> dict.keys();
      case VALUES -> dict.values();
      case ITEMS -> dict.pairs();
    };
  }
}
