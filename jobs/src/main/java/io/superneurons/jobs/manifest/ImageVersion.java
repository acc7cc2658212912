package io.superneurons.jobs.manifest;

import java.io.Serializable;

/** Tells an image from what it was. */
@FunctionalInterface
public interface ImageVersion extends Serializable {
  /**
   * What the image is told by now.
   *
   * @param location of its file, with its file system
   * @return null if there is no such file, or none that can be used
   */
  String of(String location);
}
