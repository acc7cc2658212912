package io.superneurons.jobs.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePathsTest {
  private static final String LOCAL = "file:/data/set/rows.jsonl";
  private static final String STORE = "s3a://bucket/set/rows.jsonl";
  private static final ImagePaths ANY = new ImagePaths(List.of(), Set.of());

  @ParameterizedTest
  @CsvSource({
    "file:/data/set/rows.jsonl, a.png, file:/data/set/a.png",
    "file:/data/set/rows.jsonl, sub/../a.png, file:/data/set/a.png",
    "file:/data/set/rows.jsonl, 10:30 [x] 100%.png, file:/data/set/10:30 [x] 100%.png",
    "file:/data/set/rows.jsonl, /other/a.png, file:/other/a.png",
    "file:/data/set/rows.jsonl, file:///other/a.png, file:/other/a.png",
    "file:/data/set/rows.jsonl, s3a://b/a.png, s3a://b/a.png",
    "s3a://bucket/set/rows.jsonl, sub/a.png, s3a://bucket/set/sub/a.png",
    "s3a://bucket/set/rows.jsonl, /sub/a.png, s3a://bucket/sub/a.png",
    "s3a://bucket/set/rows.jsonl, hdfs://name/a.png, hdfs://name/a.png",
  })
  void pathsAreOnTheManifestsFileSystemUnlessTheySayOtherwise(
      String manifest, String image, String location) throws BadRowException {
    assertEquals(location, ANY.resolve(manifest, image));
  }

  @ParameterizedTest
  @CsvSource({
    "file:/data/set/rows.jsonl, ../a.png, is outside file:/data/set",
    "file:/data/set/rows.jsonl, ../setting/a.png, is outside",
    "file:/data/set/rows.jsonl, x/../../../../../../etc/a.png, is outside",
    "s3a://bucket/set/rows.jsonl, ../a.png, is outside s3a://bucket/set",
    "file:/data/set/rows.jsonl, http://host/a.png, --allow-schemes http",
    "file:/data/set/rows.jsonl, HTTPS://host/a.png, --allow-schemes https",
    "s3a://bucket/set/rows.jsonl, file:/etc/a.png, --allow-schemes file",
    "hdfs://name/set/rows.jsonl, file:///etc/a.png, --allow-schemes file",
  })
  void whatLeadsElsewhereIsNotAllowed(String manifest, String image, String reason) {
    BadRowException refusal =
        assertThrows(BadRowException.class, () -> ANY.resolve(manifest, image));
    assertEquals(ErrorKind.IMAGE_NOT_ALLOWED, refusal.kind());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void schemesCanBeAllowed() throws BadRowException {
    ImagePaths paths = new ImagePaths(List.of(), Set.of("http", "file"));
    assertEquals("http://host/a.png", paths.resolve(STORE, "http://host/a.png"));
    assertEquals("file:/etc/a.png", paths.resolve(STORE, "file:/etc/a.png"));
  }

  @Test
  void rootsOpenFoldersAndCloseAllOthers() throws BadRowException {
    ImagePaths paths = new ImagePaths(List.of("file:/data/images", "s3a://b/x/"), Set.of());
    assertEquals("file:/data/images/a.png", paths.resolve(LOCAL, "../images/a.png"));
    assertEquals("file:/data/images/a.png", paths.resolve(LOCAL, "/data/images/a.png"));
    assertEquals("file:/data/set/a.png", paths.resolve(LOCAL, "a.png"));
    assertEquals("s3a://b/x/a.png", paths.resolve(LOCAL, "s3a://b/x/a.png"));
    for (String outside :
        List.of("/etc/a.png", "/data/images2/a.png", "s3a://b/y/a.png", "s3a://b/x/../y/a.png")) {
      assertThrows(BadRowException.class, () -> paths.resolve(LOCAL, outside), outside);
    }
  }
}
