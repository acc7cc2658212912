package io.superneurons.jobs.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePathsTest {
  @TempDir private Path folder;
  private static final String LOCAL = "file:/data/set/rows.jsonl";
  private static final String STORE = "s3a://bucket/set/rows.jsonl";
  private static final ImagePaths CLOSED = new ImagePaths(List.of(), Set.of());

  @ParameterizedTest
  @CsvSource({
    "file:/data/set/rows.jsonl, a.png, file:/data/set/a.png",
    "file:/data/set/rows.jsonl, sub/../a.png, file:/data/set/a.png",
    "file:/data/set/rows.jsonl, 10:30 [x] 100%.png, file:/data/set/10:30 [x] 100%.png",
    "file:/data/set/rows.jsonl, /data/set/b/a.png, file:/data/set/b/a.png",
    "file:/data/set/rows.jsonl, FILE:///data/set/a%20b.png, file:/data/set/a%20b.png",
    "s3a://bucket/set/rows.jsonl, sub/a.png, s3a://bucket/set/sub/a.png",
    "s3a://bucket/set/rows.jsonl, /set/a.png, s3a://bucket/set/a.png",
    "s3a://bucket/set/rows.jsonl, s3a://bucket/set/a.png, s3a://bucket/set/a.png",
  })
  void aManifestMayPointIntoItsOwnFolder(String manifest, String image, String location)
      throws BadRowException {
    assertEquals(location, CLOSED.resolve(manifest, image));
  }

  @ParameterizedTest
  @CsvSource({
    "file:/data/set/rows.jsonl, ../a.png, is outside file:/data/set",
    "file:/data/set/rows.jsonl, ../setting/a.png, is outside",
    "file:/data/set/rows.jsonl, x/../../../../../../etc/a.png, is outside",
    "file:/data/set/rows.jsonl, /etc/shadow, --image-roots",
    "file:/data/set/rows.jsonl, file:///etc/shadow, --image-roots",
    "file:/data/set/rows.jsonl, hdfs://127.0.0.1:9/x.png, --allow-schemes hdfs",
    "file:/data/set/rows.jsonl, s3a://b/a.png, --allow-schemes s3a",
    "file:/data/set/rows.jsonl, http://host/a.png, --allow-schemes http",
    "file:/data/set/rows.jsonl, HTTPS://host/a.png, --allow-schemes https",
    "s3a://bucket/set/rows.jsonl, ../a.png, is outside s3a://bucket/set",
    "s3a://bucket/set/rows.jsonl, /sub/a.png, is outside s3a://bucket/set",
    "s3a://bucket/set/rows.jsonl, s3a://other/set/a.png, is outside s3a://bucket/set",
    "s3a://bucket/set/rows.jsonl, file:/etc/a.png, --allow-schemes file",
    "hdfs://name/set/rows.jsonl, hdfs://other/set/a.png, --allow-schemes hdfs",
  })
  void whatLeadsElsewhereIsNotAllowed(String manifest, String image, String reason) {
    BadRowException refusal =
        assertThrows(BadRowException.class, () -> CLOSED.resolve(manifest, image));
    assertEquals(ErrorKind.IMAGE_NOT_ALLOWED, refusal.kind());
    assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
  }

  @Test
  void aRefusalHoldsALongTextInPart() {
    String image = "/" + "x".repeat(100_000);
    BadRowException refusal =
        assertThrows(BadRowException.class, () -> CLOSED.resolve(LOCAL, image));
    assertTrue(refusal.getMessage().length() < 1_000);
  }

  @Test
  void schemesCanBeOpened() throws BadRowException {
    ImagePaths paths = new ImagePaths(List.of(), Set.of("http", "file"));
    assertEquals("http://host/a.png", paths.resolve(STORE, "http://host/a.png"));
    assertEquals("file:/etc/a.png", paths.resolve(STORE, "file:/etc/a.png"));
    assertEquals("file:/etc/a.png", paths.resolve(LOCAL, "/etc/a.png"));
    assertThrows(BadRowException.class, () -> paths.resolve(STORE, "/etc/a.png"));
  }

  @Test
  void rootsOpenFoldersAndNoOthers() throws BadRowException {
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

  @Test
  void linksLeadToOpenFoldersOnly() throws IOException, BadRowException {
    Path set = Files.createDirectories(folder.toRealPath().resolve("set"));
    Path other = Files.createDirectories(set.resolveSibling("other"));
    Files.createFile(other.resolve("a.png"));
    Files.createFile(set.resolve("own.png"));
    Files.createSymbolicLink(set.resolve("link"), other);
    Files.createSymbolicLink(set.resolve("image.png"), other.resolve("a.png"));
    Files.createSymbolicLink(set.resolve("inside.png"), set.resolve("own.png"));
    Files.createSymbolicLink(other.resolveSibling("alias"), set);
    String manifest = "file:" + set + "/rows.jsonl";
    for (String out : List.of("link/a.png", "image.png")) {
      BadRowException refusal =
          assertThrows(BadRowException.class, () -> CLOSED.resolve(manifest, out));
      assertEquals(ErrorKind.IMAGE_NOT_ALLOWED, refusal.kind());
      assertTrue(refusal.getMessage().contains("is a link"), refusal.getMessage());
      ImagePaths open = new ImagePaths(List.of("file:" + other), Set.of());
      assertEquals("file:" + set + "/" + out, open.resolve(manifest, out));
    }
    assertEquals("file:" + set + "/inside.png", CLOSED.resolve(manifest, "inside.png"));
    assertEquals("file:" + set + "/none.png", CLOSED.resolve(manifest, "none.png"));
    String alias = "file:" + other.resolveSibling("alias");
    assertEquals(alias + "/own.png", CLOSED.resolve(alias + "/rows.jsonl", "own.png"));
  }
}
