package io.superneurons.jobs.dataset;

import java.io.Serializable;
import java.util.List;

/**
 * Where the images of a file lie.
 *
 * @param folder before each path; empty for the file's own folder
 * @param place which of the places that the set names
 */
record ImagesAt(String folder, int place) implements Serializable {
  /** The image as its row names it. */
  String of(List<String> places) {
    String path = places.get(Math.min(place, places.size() - 1));
    return folder.isEmpty() ? path : folder + "/" + path;
  }
}
