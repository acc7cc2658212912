package io.superneurons.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local disks behind {@code full:}, on which there is only so much space for Parquet files. */
public final class FullFileSystem extends RawLocalFileSystem {
  static final URI ROOT = URI.create("full:///");

  /** Bytes that can still be written. */
  static final AtomicLong SPACE = new AtomicLong();

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    return file.getName().endsWith(".parquet")
        ? new FSDataOutputStream(new Limited(out), null)
        : out;
  }

  private static final class Limited extends OutputStream {
    private final OutputStream out;

    Limited(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      take(1);
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      take(length);
      out.write(bytes, from, length);
    }

    private static void take(int bytes) throws IOException {
      if (SPACE.addAndGet(-bytes) < 0) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
