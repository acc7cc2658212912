package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathNamesTest {
  @Test
  void aBarePathSaysWhereItLeadsToOnACluster() {
    Configuration conf = new Configuration(false);
    conf.set(CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY, "hdfs://names.example:8020");
    assertEquals("/data/a on hdfs://names.example:8020", PathNames.of(conf, "/data/a"));
    assertEquals("file:/data/a", PathNames.of(conf, "file:/data/a"));
    assertEquals("s3a://bucket/a", PathNames.of(conf, "s3a://bucket/a"));
  }

  @Test
  void elsewhereItStaysAsGiven() {
    assertEquals("data/a", PathNames.of(new Configuration(false), "data/a"));
  }

  @ParameterizedTest
  @CsvSource({
    "a:b.png, ./a:b.png",
    "2026-03-01T12:00:00.jpg, ./2026-03-01T12:00:00.jpg",
    "d/a:b.png, d/a:b.png",
    "/d/a%20b [1]{x}*.png, /d/a%20b [1]{x}*.png",
    "file:///a%20b.png, file:/a%20b.png",
    "s3a://bucket/a:b, s3a://bucket/a:b",
  })
  void aTextIsAUriWhereAColonAndASlashFollowAScheme(String text, String path) {
    assertEquals(path, PathNames.path(text).toString());
  }

  @Test
  void sparksUrisAreDecoded() {
    assertEquals("file:/a b/ü%20.parquet", PathNames.ofUri("file:///a%20b/%C3%BC%2520.parquet"));
  }
}
