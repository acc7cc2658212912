package io.superneurons.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files, and how often each was opened. */
public final class CountedFileSystem extends RawLocalFileSystem {
  public static final String SCHEME = "counted";

  private static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();

  /** How often each file was opened since this was asked last, by name. */
  public static Map<String, Integer> opened() {
    Map<String, Integer> opened = new TreeMap<>(OPENED);
    OPENED.clear();
    return opened;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    OPENED.merge(path.getName(), 1, Integer::sum);
    return super.open(path, bufferSize);
  }
}
