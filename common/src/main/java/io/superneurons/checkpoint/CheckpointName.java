package io.superneurons.checkpoint;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name to show for a checkpoint folder. */
final class CheckpointName {
  /** {@code models--org--name/snapshots/<commit>} in a Hugging Face cache. */
  private static final Pattern CACHE =
      Pattern.compile(".*/models--(?<org>.+?)--(?<model>[^/]+)/snapshots/[0-9a-f]+");

  private CheckpointName() {}

  static String of(Path folder, Config config) {
    Matcher matcher = CACHE.matcher(folder.toString().replace('\\', '/'));
    if (matcher.matches()) {
      return matcher.group("org") + "/" + matcher.group("model");
    }
    Path last = folder.getFileName();
    return last == null ? config.string("_name_or_path", "checkpoint") : last.toString();
  }
}
