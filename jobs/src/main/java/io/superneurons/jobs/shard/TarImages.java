package io.superneurons.jobs.shard;

import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.input.EmbeddedReader;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads images of a tar again by the places of their headers, of a tar in gzip from its start. */
final class TarImages implements EmbeddedReader {
  private final Configuration conf;
  private final String path;
  private InputStream open;

  /** Of the next byte, in gzip. */
  private long place;

  TarImages(Configuration conf, String path) {
    this.conf = conf;
    this.path = path;
  }

  @Override
  public byte[] read(long at) throws IOException {
    goTo(at);
    byte[] header = open.readNBytes(Samples.BLOCK);
    if (header.length < Samples.BLOCK) {
      throw new IOException(path + " is shorter than it was");
    }
    long size;
    try {
      size = new TarArchiveEntry(header).getSize();
    } catch (IllegalArgumentException e) {
      throw new IOException(path + " is another file than it was", e);
    }
    byte[] content = open.readNBytes(Math.toIntExact(size));
    place = at + Samples.BLOCK + content.length;
    return content;
  }

  private void goTo(long at) throws IOException {
    if (!ShardStream.isCompressed(path)) {
      if (open == null) {
        Path file = new Path(path);
        open = PathNames.fileSystem(conf, file).open(file);
      }
      ((FSDataInputStream) open).seek(at);
      return;
    }
    if (open == null || at < place) {
      close();
      open = ShardStream.open(conf, path);
      place = 0;
    }
    open.skipNBytes(at - place);
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
