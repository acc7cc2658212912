package io.superneurons.jobs;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * Files that are there but may not be read; a test that runs as root cannot have them otherwise.
 */
public final class DeniedFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "denied";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    throw new AccessControlException("Permission denied: user=nobody, access=READ, path=" + path);
  }
}
