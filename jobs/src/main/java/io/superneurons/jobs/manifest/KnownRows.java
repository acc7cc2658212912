package io.superneurons.jobs.manifest;

import java.io.Serializable;

/**
 * What the output folder holds already of the rows of the input.
 *
 * @param rows rows of the folder whose ids the input has
 * @param changed rows of the input that were done when they were others
 * @param firstChanged the least id of those; null if there is none
 * @param repeated ids that the folder has more than once
 * @param firstRepeated the least of those; null if there is none
 */
public record KnownRows(
    long rows, long changed, String firstChanged, long repeated, String firstRepeated)
    implements Serializable {
  static final KnownRows NONE = new KnownRows(0, 0, null, 0, null);

  /**
   * Of one row of the input.
   *
   * @param inFolder how many rows of its id the folder has
   * @param isChanged whether it was another when it was done
   */
  static KnownRows of(String id, long inFolder, boolean isChanged) {
    boolean isRepeated = inFolder > 1;
    return new KnownRows(
        inFolder,
        isChanged ? 1 : 0,
        isChanged ? id : null,
        isRepeated ? 1 : 0,
        isRepeated ? id : null);
  }

  KnownRows plus(KnownRows other) {
    return new KnownRows(
        rows + other.rows,
        changed + other.changed,
        least(firstChanged, other.firstChanged),
        repeated + other.repeated,
        least(firstRepeated, other.firstRepeated));
  }

  private static String least(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
