package io.superneurons.jobs.input;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Makes locations of the image paths in a manifest, and refuses those that lead where the manifest
 * has no business: a manifest may come from somebody else than who runs the job.
 *
 * @param roots folders with their file systems; where there are any, images may lie only in them
 *     and in the manifest's own folder
 * @param schemes URI schemes that are allowed beside the manifest's own and {@link #STORES}
 */
record ImagePaths(List<String> roots, Set<String> schemes) implements Serializable {
  /** What a cluster's own storage answers to; neither the executors' disks nor the network. */
  static final Set<String> STORES =
      Set.of("s3a", "s3", "hdfs", "viewfs", "ofs", "o3fs", "abfs", "abfss", "gs");

  private static final Pattern URI_SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/.*");

  ImagePaths {
    roots = new ArrayList<>(roots);
    schemes = new TreeSet<>(schemes);
  }

  /**
   * Where an image is.
   *
   * @param manifest the file that names it, with its file system
   * @param image a path relative to the manifest's folder, an absolute path on the manifest's file
   *     system, or a URI
   * @throws BadRowException if it is no path or not allowed
   */
  String resolve(String manifest, String image) throws BadRowException {
    Path folder = new Path(manifest).getParent();
    try {
      Matcher uri = URI_SCHEME.matcher(image);
      if (uri.matches()) {
        requireAllowed(uri.group(1).toLowerCase(Locale.ROOT), folder, image);
        return within(roots.isEmpty(), folder, new Path(image), image);
      }
      boolean absolute = image.startsWith("/");
      String path = absolute ? image : folder.toUri().getPath() + "/" + image;
      URI system = folder.toUri();
      return within(
          absolute && roots.isEmpty(),
          folder,
          new Path(system.getScheme(), system.getAuthority(), path),
          image);
    } catch (IllegalArgumentException e) {
      throw new BadRowException(
          ErrorKind.IMAGE_NOT_READABLE, "'" + image + "' is not a path: " + e.getMessage());
    }
  }

  private void requireAllowed(String scheme, Path folder, String image) throws BadRowException {
    if (!scheme.equals(folder.toUri().getScheme())
        && !STORES.contains(scheme)
        && !schemes.contains(scheme)) {
      throw new BadRowException(
          ErrorKind.IMAGE_NOT_ALLOWED,
          "Image %s: a manifest on %s may not name %s: files; --allow-schemes %s allows it"
              .formatted(image, folder.toUri().getScheme() + ":", scheme, scheme));
    }
  }

  private String within(boolean anywhere, Path folder, Path location, String image)
      throws BadRowException {
    if (!anywhere
        && !isIn(folder.toString(), location)
        && roots.stream().noneMatch(root -> isIn(root, location))) {
      throw new BadRowException(
          ErrorKind.IMAGE_NOT_ALLOWED,
          "Image %s is outside %s; --image-roots names other folders that may hold images"
              .formatted(image, roots.isEmpty() ? folder : folder + " and " + roots));
    }
    return location.toString();
  }

  private static boolean isIn(String folder, Path location) {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    return (location + "/").startsWith(prefix) && !location.toString().contains("/../");
  }
}
