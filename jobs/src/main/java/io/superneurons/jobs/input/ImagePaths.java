package io.superneurons.jobs.input;

import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * Makes locations of the image paths in a manifest, and refuses those that lead where the manifest
 * has no business: a manifest may come from somebody else than who runs the job. What lies in its
 * own folder is allowed, by names and by where links on local disks lead, and what an option opens.
 *
 * @param roots folders with their file systems that images may lie in beside the manifest's own
 * @param schemes URI schemes whose file systems are open as a whole
 */
public record ImagePaths(List<String> roots, Set<String> schemes) implements Serializable {
  private static final String LOCAL = "file";
  private static final int SHOWN = 200;

  public ImagePaths {
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
    if (PathNames.isOfWindows(image)) {
      throw new BadRowException(
          ErrorKind.IMAGE_NOT_READABLE,
          "'" + shown(image) + "' is a path of Windows; name images relative to the manifest");
    }
    Path folder = new Path(manifest).getParent();
    Path location;
    try {
      location = location(folder, image);
    } catch (IllegalArgumentException e) {
      throw new BadRowException(
          ErrorKind.IMAGE_NOT_READABLE, "'" + shown(image) + "' is not a path: " + reason(e));
    }
    if (!schemes.contains(location.toUri().getScheme())) {
      List<String> open = new ArrayList<>(roots);
      open.add(0, folder.toString());
      if (open.stream().noneMatch(root -> isIn(root, location))) {
        throw notAllowed(image, "is", open, location);
      }
      if (linksLeadOut(open, location)) {
        throw notAllowed(image, "is a link that leads", open, location);
      }
    }
    return location.toString();
  }

  private static Path location(Path folder, String image) {
    if (PathNames.isUri(image)) {
      int colon = image.indexOf(':');
      return new Path(image.substring(0, colon).toLowerCase(Locale.ROOT) + image.substring(colon));
    }
    URI system = folder.toUri();
    String path = image.startsWith("/") ? image : system.getPath() + "/" + image;
    return new Path(system.getScheme(), system.getAuthority(), path);
  }

  private static BadRowException notAllowed(
      String image, String is, List<String> open, Path location) {
    return new BadRowException(
        ErrorKind.IMAGE_NOT_ALLOWED,
        String.format(
            Locale.ROOT,
            "Image %s %s outside %s; --image-roots names other folders that may hold images,"
                + " --allow-schemes %s opens all that %s: reaches",
            shown(image),
            is,
            String.join(" and ", open),
            location.toUri().getScheme(),
            location.toUri().getScheme()));
  }

  private static boolean isIn(String folder, Path location) {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    return (location + "/").startsWith(prefix) && !location.toString().contains("/../");
  }

  /** Whether a local file that is in an open folder by its name is in none by its real path. */
  private static boolean linksLeadOut(List<String> open, Path location) {
    if (!LOCAL.equals(location.toUri().getScheme())) {
      return false;
    }
    try {
      java.nio.file.Path named = local(location);
      java.nio.file.Path real = named.toRealPath();
      if (real.equals(named)) {
        return false;
      }
      for (String root : open) {
        Path folder = new Path(root);
        if (LOCAL.equals(folder.toUri().getScheme())
            && real.startsWith(local(folder).toRealPath())) {
          return false;
        }
      }
      return true;
    } catch (IOException | InvalidPathException e) {
      return false; // it cannot be opened either, and then the row says why
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static String reason(IllegalArgumentException e) {
    return e.getCause() instanceof URISyntaxException cause ? cause.getReason() : e.getMessage();
  }

  private static String shown(String image) {
    return image.length() > SHOWN ? image.substring(0, SHOWN) + "..." : image;
  }
}
