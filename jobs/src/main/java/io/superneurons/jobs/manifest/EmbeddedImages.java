package io.superneurons.jobs.manifest;

import io.superneurons.jobs.input.EmbeddedImage;
import io.superneurons.jobs.input.EmbeddedReader;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.reflect.ClassTag$;

/**
 * Reads the images that the input holds itself, where they are decoded. So they are never shuffled,
 * nor kept by Spark.
 *
 * @param parts of the input
 * @param parser that made rows of them
 */
public record EmbeddedImages(Broadcast<InputParts> parts, RowParser parser)
    implements Serializable {
  static EmbeddedImages of(SparkSession spark, List<InputPart> parts, RowParser parser) {
    return new EmbeddedImages(
        spark
            .sparkContext()
            .broadcast(new InputParts(parts), ClassTag$.MODULE$.apply(InputParts.class)),
        parser);
  }

  /** A Spark task's reader; images are read in the order of the rows. */
  public Reader open(Configuration conf) {
    return new Reader(conf, parts.value().all(), parser);
  }

  /** Keeps the part open that it read last, and the last image. */
  public static final class Reader implements Closeable {
    private final Configuration conf;
    private final List<InputPart> parts;
    private final RowParser parser;
    private EmbeddedReader open;
    private int part = -1;
    private EmbeddedImage last;
    private InputBytes bytes;

    private Reader(Configuration conf, List<InputPart> parts, RowParser parser) {
      this.conf = conf;
      this.parts = parts;
      this.parser = parser;
    }

    /**
     * The row with its image's bytes, if the input holds them.
     *
     * @throws IOException if they cannot be read, or are others now
     */
    public ManifestRow filled(ManifestRow row) throws IOException {
      EmbeddedImage image = row.embedded();
      if (image == null || row.problem() != null) {
        return row;
      }
      if (last == null || !last.sha256().equals(image.sha256())) {
        last = read(image);
      }
      return row.withEmbedded(last);
    }

    private EmbeddedImage read(EmbeddedImage image) throws IOException {
      bytes = bytes == null ? new InputBytes() : bytes;
      InputPart of = parts.get(image.part());
      try {
        if (part != image.part()) {
          closePart();
          open = of.embedded(conf, parser);
          part = image.part();
        }
        return image.with(open.read(image.at()));
      } catch (IOException e) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "Cannot read an image of %s again: %s; leave the input as it is while a run reads it",
                of.path(),
                e.getMessage()),
            e);
      }
    }

    private void closePart() throws IOException {
      if (open != null) {
        open.close();
        open = null;
        part = -1;
      }
    }

    /** To be called once, at the end of the Spark task. */
    @Override
    public void close() throws IOException {
      closePart();
      if (bytes != null) {
        bytes.report();
      }
    }
  }
}
