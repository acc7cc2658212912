package io.superneurons.jobs.report.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which picture stands for a row. */
class ThumbnailsTest {
  private static final Thumbnail RED = new Thumbnail(1, 1, "data:image/png;base64,red");
  private static final Thumbnail BLUE = new Thumbnail(1, 1, "data:image/png;base64,blue");

  @Test
  void rowsOfTwoManifestsThatNameTheirImagesAlikeHaveEachTheirOwn() {
    Thumbnails pictures = Thumbnails.ofRows(Map.of("a", RED, "b", BLUE, "c", RED));
    String a = shown(pictures, "1.jpg", "a");
    assertNotEquals(a, shown(pictures, "1.jpg", "b"));
    assertEquals(a, shown(pictures, "1.jpg", "c"));
    assertTrue(shown(pictures, "a", "none").contains("missing"), "an image is no id");
    String drawn = pictures.definitions().render();
    assertEquals(drawn.indexOf("red"), drawn.lastIndexOf("red"), "embedded once");
    assertTrue(drawn.contains("blue"));
  }

  @Test
  void picturesOfImagesGoByTheirNames() {
    Thumbnails pictures = Thumbnails.ofImages(Map.of("1.jpg", RED), Set.of());
    assertFalse(shown(pictures, "1.jpg", "a").contains("missing"));
    assertTrue(shown(pictures, "2.jpg", "1.jpg").contains("missing"));
  }

  private static String shown(Thumbnails pictures, String image, String id) {
    return pictures.show(Optional.of(image), id).render();
  }
}
