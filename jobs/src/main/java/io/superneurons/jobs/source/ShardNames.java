package io.superneurons.jobs.source;

import io.superneurons.jobs.input.InputFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What img2dataset writes beside a tar: its table, and what it counted. */
final class ShardNames {
  private static final String COUNTS = "_stats.json";

  private ShardNames() {}

  /** The table of a tar, whether or not it is there. */
  static Path table(Path tar) {
    return new Path(tar.getParent(), new Path(null, null, stem(tar.getName()) + ".parquet"));
  }

  /** Files of a folder without those that belong to a tar among them. */
  static List<FileStatus> withoutTables(List<FileStatus> files) {
    Set<String> beside = new HashSet<>();
    for (FileStatus file : files) {
      String name = file.getPath().getName();
      if (InputFormat.ofName(name).filter(f -> f == InputFormat.TAR).isPresent()) {
        beside.add(table(file.getPath()).getName());
        beside.add(stem(name) + COUNTS);
      }
    }
    return files.stream().filter(file -> !beside.contains(file.getPath().getName())).toList();
  }

  private static String stem(String name) {
    return name.replaceFirst("(?i)\\.(tar|tgz|tar\\.gz)$", "");
  }
}
