package io.superneurons.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
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

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .map(CountedFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  /** A local file's own status looks for its permissions, by an address that has to be a file's. */
  private static FileStatus plain(FileStatus file) {
    return new FileStatus(
        file.getLen(),
        file.isDirectory(),
        1,
        file.getBlockSize(),
        file.getModificationTime(),
        file.getPath());
  }
}
