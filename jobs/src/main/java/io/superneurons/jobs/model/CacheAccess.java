package io.superneurons.jobs.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * Who may write to a cache of checkpoints. What lies there is run without another look at where it
 * came from, so nobody else may put anything into it.
 */
enum CacheAccess {
  /** Only the user of this process: a folder among those of others. */
  OWNER,
  /** Also the user's group: a folder at home, or one that was named, such as a volume. */
  GROUP;

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /** Makes a folder, if it is missing, that only this user may read and write. */
  static void createPrivate(Path folder) throws IOException {
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
  }

  /**
   * Makes the folder of all checkpoints, if it is missing, and checks it where it is this user's.
   *
   * @throws IOException if somebody else could have put something there
   */
  void require(Path folder) throws IOException {
    createPrivate(folder);
    if (this == OWNER) {
      Path own = Files.createTempFile(folder, "owner", "");
      try {
        requireOwn(folder, own, this);
      } finally {
        Files.delete(own);
      }
    }
  }

  /**
   * Checks a folder.
   *
   * @param own a file in it that this process made; on network file systems its owner may have
   *     another name than the user
   * @throws IOException if it is a link, belongs to somebody else, or others may write to it
   */
  static void requireOwn(Path folder, Path own, CacheAccess access) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !Files.getOwner(folder).equals(Files.getOwner(own))) {
      throw new IOException(
          String.format(
                  Locale.ROOT,
                  "Model cache %s belongs to %s, not to the user of this run; remove it, or name"
                      + " another",
                  folder,
                  Files.getOwner(folder).getName())
              + " folder with --model-cache");
    }
    Set<PosixFilePermission> may = Files.getPosixFilePermissions(folder);
    if (may.contains(PosixFilePermission.OTHERS_WRITE)
        || access == OWNER && may.contains(PosixFilePermission.GROUP_WRITE)) {
      throw new IOException(
          String.format(
                  Locale.ROOT,
                  "Others may write to model cache %s (%s), and could change the models in it;"
                      + " remove it, or",
                  folder,
                  PosixFilePermissions.toString(may))
              + " take that right away with chmod, or name another folder with --model-cache");
    }
  }
}
