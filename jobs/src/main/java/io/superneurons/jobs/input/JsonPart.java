package io.superneurons.jobs.input;

import io.superneurons.jobs.files.TextStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;

/**
 * A stretch of a manifest in JSON Lines: the lines that begin after {@code start}, or at it where
 * it is the file's, up to {@code end}.
 *
 * @param path with its file system
 * @param start first byte
 * @param end the byte after the last; of a compressed file beyond it
 */
record JsonPart(String path, long start, long end) implements InputPart {
  /** Where files are cut; a number of its own, since Spark's depends on the cores. */
  static final long CUT_BYTES = 16L << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  @Override
  public long bytes() {
    return end - start;
  }

  @Override
  public String unit() {
    return "line";
  }

  @Override
  public Set<String> columns(Configuration conf) throws IOException {
    try (LineReader lines = new LineReader(TextStream.open(conf, path, 0))) {
      Text line = new Text();
      while (lines.readLine(line) > 0) {
        String text = text(line, 0);
        if (!text.isBlank()) {
          return JsonRecord.of(text).columns();
        }
      }
    } catch (BadRowException e) {
      return Set.of(); // its row says what is wrong with it
    }
    return Set.of();
  }

  @Override
  public Records records(Configuration conf) throws IOException {
    Lines lines = new Lines(conf);
    return new Records() {
      private Set<String> columns = Set.of();

      @Override
      public ManifestRecord next() throws IOException, BadRowException {
        String text = lines.next();
        JsonRecord record = text == null ? null : RowParser.record(text);
        columns = record == null ? Set.of() : record.columns();
        return record;
      }

      @Override
      public Set<String> columns() {
        return columns;
      }

      @Override
      public long number() {
        return lines.number;
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }

  @Override
  public PartRows rows(Configuration conf, RowParser parser, long most) throws IOException {
    return new Rows(conf, parser, most);
  }

  @Override
  public EmbeddedReader embedded(Configuration conf, RowParser parser) {
    return new Images(conf, parser);
  }

  private static String text(Text line, long at) {
    String text = Utf8.decode(line.copyBytes());
    return at == 0 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The lines of the stretch that are not blank. */
  private final class Lines implements Closeable {
    private final LineReader lines;
    private final Text line = new Text();
    private long after;
    private long at;
    private long number;
    private boolean isFirst;

    Lines(Configuration conf) throws IOException {
      this.lines = new LineReader(TextStream.open(conf, path, start));
      // the line that the part before has begun, or one that begins here, which is its last
      this.isFirst = start == 0;
      this.after = start == 0 ? 0 : start + lines.readLine(line);
    }

    /** Null after the last. */
    String next() throws IOException {
      while (after <= end) {
        at = after;
        int read = lines.readLine(line);
        if (read == 0) {
          return null;
        }
        after += read;
        number++;
        String text = text(line, at);
        if (!text.isBlank()) {
          if (isFirst) {
            JsonShape.requireLines(text, path);
          }
          isFirst = false;
          return text;
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private final class Rows implements PartRows {
    private final RowParser parser;
    private final Lines lines;
    private long left;

    Rows(Configuration conf, RowParser parser, long most) throws IOException {
      this.parser = parser;
      this.left = most;
      this.lines = new Lines(conf);
    }

    @Override
    public ManifestRow next() throws IOException {
      String text = left-- <= 0 ? null : lines.next();
      return text == null ? null : parser.parse(text, path);
    }

    @Override
    public long number() {
      return lines.number;
    }

    @Override
    public long at() {
      return lines.at;
    }

    @Override
    public long lines() {
      return lines.number;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private final class Images implements EmbeddedReader {
    private final Configuration conf;
    private final RowParser parser;
    private final Text line = new Text();
    private LineReader lines;
    private long position;

    Images(Configuration conf, RowParser parser) {
      this.conf = conf;
      this.parser = parser;
    }

    @Override
    public byte[] read(long at) throws IOException {
      if (lines == null || position != at) {
        goTo(at);
      }
      position += lines.readLine(line);
      try {
        return parser.image(JsonRecord.of(text(line, at))).bytes();
      } catch (BadRowException e) {
        return null;
      }
    }

    /** On within the same lines where the way is short, as it is where lines share images. */
    private void goTo(long at) throws IOException {
      boolean isNear = lines != null && at > position && at - position < CUT_BYTES / 4;
      if (!isNear) {
        close();
        lines = new LineReader(TextStream.open(conf, path, at));
        position = at;
      }
      while (position < at) {
        int read = lines.readLine(line);
        if (read == 0) {
          throw new IOException(path + " is shorter than it was");
        }
        position += read;
      }
    }

    @Override
    public void close() throws IOException {
      if (lines != null) {
        lines.close();
        lines = null;
      }
    }
  }
}
