package io.superneurons.jobs.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Opens text files, which may be compressed, at a byte of the text. */
public final class TextStream {
  private TextStream() {}

  /** Whether a file of that name is compressed, so that it cannot be read in parts. */
  public static boolean isCompressed(Configuration conf, String path) {
    return new CompressionCodecFactory(conf).getCodec(new Path(path)) != null;
  }

  /**
   * The text from one of its bytes on.
   *
   * @throws IOException if the file cannot be read, or its text ends before that byte
   */
  public static InputStream open(Configuration conf, String path, long from) throws IOException {
    Path file = new Path(path);
    FSDataInputStream bytes = PathNames.fileSystem(conf, file).open(file);
    try {
      CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(file);
      if (codec == null) {
        bytes.seek(from);
        return bytes;
      }
      InputStream text = codec.createInputStream(bytes);
      text.skipNBytes(from);
      return text;
    } catch (EOFException e) {
      bytes.close();
      throw new IOException(path + " is shorter than it was", e);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }
}
