package io.superneurons.jobs.shard;

import io.superneurons.jobs.files.PathNames;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The bytes of a tar, out of gzip where its name says so, with their place, which goes back where
 * they are reset. It remembers whether the store failed, so that this is told from a tar that is
 * broken.
 */
final class ShardStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final InputStream bytes;
  private final Stored stored;
  private long place;
  private long marked;

  private ShardStream(InputStream bytes, Stored stored) {
    this.bytes = bytes;
    this.stored = stored;
  }

  /** Opens a tar at its start. */
  static ShardStream open(Configuration conf, String path) throws IOException {
    Path file = new Path(path);
    FSDataInputStream in = PathNames.fileSystem(conf, file).open(file);
    Stored stored = new Stored(in);
    try {
      InputStream buffered = new BufferedInputStream(stored, BUFFER);
      return new ShardStream(
          isCompressed(path)
              ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER))
              : buffered,
          stored);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  static boolean isCompressed(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") || name.endsWith(".tgz");
  }

  /** How many bytes of the tar were read. */
  long place() {
    return place;
  }

  /** Whether it was the store that failed, and not what it holds. */
  boolean storeFailed() {
    return stored.failed;
  }

  @Override
  public int read() throws IOException {
    int one = bytes.read();
    place += one < 0 ? 0 : 1;
    return one;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int read = bytes.read(into, from, most);
    place += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long most) throws IOException {
    long skipped = bytes.skip(most);
    place += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return bytes.markSupported();
  }

  @Override
  public synchronized void mark(int most) {
    bytes.mark(most);
    marked = place;
  }

  @Override
  public synchronized void reset() throws IOException {
    bytes.reset();
    place = marked;
  }

  @Override
  public int available() throws IOException {
    return bytes.available();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** The file as its store gives it. */
  private static final class Stored extends FilterInputStream {
    private boolean failed;

    Stored(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      try {
        return in.read(into, from, most);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
