package io.superneurons.jobs.report.images;

import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.markup.Numbers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pictures of a page: each is embedded once, and shown wherever it is wanted. */
public final class Thumbnails {
  private static final String SVG = "http://www.w3.org/2000/svg";

  /** Begins what stands for the name of an image that has none. */
  private static final String CONTENT = "sha256:";

  /** What a row's picture is found by. */
  private enum By {
    IMAGE,
    ROW
  }

  private final By by;
  private final Map<String, Thumbnail> pictures;
  private final Map<Thumbnail, String> ids = new LinkedHashMap<>();

  private final Set<String> leftOut;

  private Thumbnails(By by, Map<String, Thumbnail> pictures, Set<String> leftOut) {
    this.by = by;
    this.pictures = pictures;
    this.leftOut = Set.copyOf(leftOut);
  }

  /**
   * Pictures of images.
   *
   * @param pictures by image, as rows name it
   * @param leftOut images that were not looked for, since a page may show only so many
   */
  public static Thumbnails ofImages(Map<String, Thumbnail> pictures, Set<String> leftOut) {
    return new Thumbnails(By.IMAGE, pictures, leftOut);
  }

  /**
   * Pictures of rows, of which two may name two images alike, each beside its own manifest.
   *
   * @param pictures by id
   */
  public static Thumbnails ofRows(Map<String, Thumbnail> pictures) {
    return new Thumbnails(By.ROW, pictures, Set.of());
  }

  /** A page without pictures. */
  public static Thumbnails none() {
    return ofImages(Map.of(), Set.of());
  }

  /** Whether there is any picture. */
  public boolean any() {
    return !pictures.isEmpty();
  }

  /** How many images have no picture here for being more than a page may show. */
  public int leftOut() {
    return leftOut.size();
  }

  /** How many of some images these are. */
  public int leftOut(Collection<String> images) {
    return (int) images.stream().distinct().filter(leftOut::contains).count();
  }

  /**
   * The picture of an image, or a box with its name in its place.
   *
   * @param image as the row names it
   * @param id of the row, which stands for a name too where the image has none
   */
  public Element show(Optional<String> image, String id) {
    String name = image.filter(named -> !named.startsWith(CONTENT)).orElse(id);
    String words = name.substring(name.lastIndexOf('/') + 1);
    Thumbnail picture = pictures.get(by == By.ROW ? id : image.orElse(""));
    if (picture == null) {
      return Element.of("div", words).with("class", "missing");
    }
    String drawn = ids.computeIfAbsent(picture, p -> "i" + (ids.size() + 1));
    return Element.of("svg")
        .with("xmlns", SVG)
        .with("class", "thumb")
        .with("viewBox", "0 0 " + Thumbnail.SIDE + " " + Thumbnail.SIDE)
        .with("role", "img")
        .with("aria-label", words)
        .add(
            Element.of("use")
                .with("href", "#" + drawn)
                .with("width", Thumbnail.SIDE)
                .with("height", Thumbnail.SIDE));
  }

  /** What tells a row apart, for those who look closer: its image and its id. */
  public static String title(Optional<String> image, String id) {
    return image.map(named -> named + ", row ").orElse("row ") + id;
  }

  /** Where the pictures that were shown are; to be drawn after all else. */
  public Element definitions() {
    Element svg =
        Element.of("svg").with("xmlns", SVG).with("class", "images").with("aria-hidden", "true");
    ids.forEach((picture, id) -> svg.add(definition(id, picture)));
    return svg;
  }

  /** The whole image in a square. */
  private static Element definition(String id, Thumbnail picture) {
    String size = picture.width() + " " + picture.height();
    return Element.of("symbol")
        .with("id", id)
        .with("viewBox", "0 0 " + size)
        .add(
            Element.of("image")
                .with("href", picture.uri())
                .with("width", Numbers.coordinate(picture.width()))
                .with("height", Numbers.coordinate(picture.height())));
  }
}
