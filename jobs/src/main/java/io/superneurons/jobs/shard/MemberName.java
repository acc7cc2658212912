package io.superneurons.jobs.shard;

import java.util.Locale;
import java.util.Optional;

/**
 * What a member's name says, as webdataset has it: all up to the first dot of the last part is the
 * key of its sample, the rest says what it is.
 *
 * @param key of its sample, its folders included
 * @param extension without the first dot, in small letters
 */
record MemberName(String key, String extension) {
  /** Nothing for members that belong to no sample. */
  static Optional<MemberName> of(String name) {
    int from = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', from);
    boolean isHidden = dot == from || name.startsWith("__", from);
    if (dot < 0 || isHidden || dot == name.length() - 1) {
      return Optional.empty();
    }
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Optional.of(new MemberName(name.substring(0, dot), extension));
  }
}
