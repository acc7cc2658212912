package io.superneurons.jobs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.junit.jupiter.api.Test;

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
}
