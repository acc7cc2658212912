package io.superneurons.jobs.input;

import io.superneurons.activation.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the folders above an image say of it, as torchvision and Hugging Face datasets lay corpora
 * out: {@code SPLIT/CLASS/image}, or {@code CLASS/image}.
 *
 * @param label the folder that the image is in; nothing where that is a split's, or the input's own
 * @param split the nearest folder above it that has a split's name
 */
public record FolderNames(Optional<String> label, Optional<String> split) {
  /**
   * The names above an image. The input's own folder may be a split's, as in {@code --input
   * photos/val}, and is no class.
   *
   * @param location of the image
   * @param root the folder that the input names, or that of the manifest
   */
  static FolderNames of(String location, String root) {
    List<String> folders = folders(location.substring(0, location.lastIndexOf('/')));
    int top = Math.max(0, folders(root).size() - 1);
    int last = folders.size() - 1;
    boolean isClass = last > top && (!isSplit(folders.get(last)) || isSplit(folders.get(last - 1)));
    Optional<String> split = Optional.empty();
    for (int i = isClass ? last - 1 : last; i >= top && split.isEmpty(); i--) {
      split = Optional.of(folders.get(i)).filter(FolderNames::isSplit);
    }
    return new FolderNames(isClass ? Optional.of(folders.get(last)) : Optional.empty(), split);
  }

  /** The names of a path without its file system; {@code file:/a/b} is {@code a, b}. */
  private static List<String> folders(String path) {
    String below = path.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?(?=/|$)", "");
    return Arrays.stream(below.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  /** Whether data sets call a split so. */
  public static boolean isSplit(String name) {
    return Split.ofDataSet(name).isPresent();
  }
}
