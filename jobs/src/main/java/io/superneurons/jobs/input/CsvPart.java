package io.superneurons.jobs.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.files.TextStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * A manifest in CSV or TSV (RFC 4180: quotes double within quotes, a quoted field may hold
 * separators and line ends). Each file has its own header and is read from its start, since only
 * there it is known what is quoted.
 *
 * @param path with its file system
 * @param bytes its length
 * @param separator of columns
 */
record CsvPart(String path, long bytes, char separator) implements InputPart {
  /** What Excel begins its files with, in UTF-8. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** A line before the header, for Excel alone. */
  private static final Pattern EXCEL_SEPARATOR = Pattern.compile("sep=.?");

  private static final CsvMapper CSV =
      CsvMapper.builder(CsvFactory.builder().streamReadConstraints(JsonRecord.LONG_TEXTS).build())
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  @Override
  public long start() {
    return 0;
  }

  @Override
  public String unit() {
    return "line";
  }

  @Override
  public Set<String> columns(Configuration conf) throws IOException {
    try (Lines lines = new Lines(conf, 0)) {
      return lines.header().keySet();
    }
  }

  @Override
  public Records records(Configuration conf) throws IOException {
    Lines lines = new Lines(conf, 0);
    Map<String, Integer> header = lines.header();
    return new Records() {
      @Override
      public ManifestRecord next() throws BadRowException {
        if (header.isEmpty() || !lines.advance()) {
          return null;
        }
        Optional<String> problem = lines.problem();
        if (problem.isPresent()) {
          throw BadRowException.badRow(problem.get());
        }
        return new TableRecord(header, lines.cells);
      }

      @Override
      public Set<String> columns() {
        return header.keySet();
      }

      @Override
      public long number() {
        return lines.line;
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
  public EmbeddedReader embedded(Configuration conf, RowParser parser) throws IOException {
    return new Images(conf, parser);
  }

  /**
   * Records as they follow each other from a byte of the file on. A character is a byte here, so
   * that places of characters are places of bytes: what separates and quotes is one byte in UTF-8
   * too, and no part of others.
   */
  private final class Lines implements Closeable {
    private final long from;
    private final MappingIterator<String[]> records;
    private String[] cells;
    private int width;
    private long line;
    private long at;

    Lines(Configuration conf, long from) throws IOException {
      PushbackInputStream bytes =
          new PushbackInputStream(TextStream.open(conf, path, from), BYTE_ORDER_MARK.length);
      this.from = from == 0 && skipsMark(bytes) ? BYTE_ORDER_MARK.length : from;
      ObjectReader format =
          CSV.readerFor(String[].class)
              .with(CsvSchema.emptySchema().withColumnSeparator(separator).withoutEscapeChar());
      records = format.readValues(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
    }

    private static boolean skipsMark(PushbackInputStream bytes) throws IOException {
      byte[] head = bytes.readNBytes(BYTE_ORDER_MARK.length);
      boolean isMark = Arrays.equals(head, BYTE_ORDER_MARK);
      if (!isMark) {
        bytes.unread(head);
      }
      return isMark;
    }

    /** Goes on to the next record; false after the last. */
    boolean advance() {
      line = records.getCurrentLocation().getLineNr();
      at = from + Math.max(0, records.getCurrentLocation().getCharOffset());
      try {
        cells = records.hasNextValue() ? records.nextValue() : null;
      } catch (IOException e) {
        // What a quote that never closes, or a broken archive, has swallowed cannot be told.
        throw new ConfigurationException(
            String.format(
                Locale.ROOT, "Cannot read %s from line %d on: %s", path, line, message(e)),
            e);
      }
      for (int i = 0; cells != null && i < cells.length; i++) {
        cells[i] = Utf8.decode(cells[i].getBytes(StandardCharsets.ISO_8859_1));
      }
      return cells != null;
    }

    private static String message(IOException e) {
      return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    }

    /** The columns that the record names, as the first of a file does. */
    Map<String, Integer> header() {
      Map<String, Integer> header = new LinkedHashMap<>();
      boolean isThere = advance();
      if (isThere && EXCEL_SEPARATOR.matcher(cells[0]).matches()) {
        isThere = advance();
      }
      if (!isThere) {
        return header;
      }
      String whole = String.join("", cells);
      if (!Utf8.isWhole(whole) || whole.indexOf('\0') >= 0) {
        throw new ConfigurationException(Utf8.problem("The header of " + path, whole));
      }
      for (int i = 0; i < cells.length; i++) {
        String name = cells[i].strip();
        // Excel ends records with empty fields where cells below were in use once
        if (!name.isEmpty() && header.put(name, i) != null) {
          throw new ConfigurationException(path + " has two columns " + name);
        }
      }
      width = cells.length;
      return header;
    }

    /** What makes the record unusable. */
    Optional<String> problem() {
      for (String cell : cells) {
        if (!Utf8.isWhole(cell) || cell.indexOf('\0') >= 0) {
          return Optional.of(Utf8.problem("The record", String.join("\t", cells)));
        }
      }
      return cells.length == width
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "The record has %s, the header %d",
                  Plural.text(cells.length, "field"),
                  width));
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }

  private final class Rows implements PartRows {
    private final RowParser parser;
    private final Lines lines;
    private final Map<String, Integer> header;
    private long left;

    Rows(Configuration conf, RowParser parser, long most) throws IOException {
      this.parser = parser;
      this.left = most;
      this.lines = new Lines(conf, 0);
      this.header = lines.header();
      if (!header.isEmpty()) {
        parser.columns().require(header.keySet(), path);
      }
    }

    @Override
    public ManifestRow next() {
      if (left-- <= 0 || header.isEmpty() || !lines.advance()) {
        return null;
      }
      Optional<String> problem = lines.problem();
      return problem.isPresent()
          ? RowParser.unusable(String.join("\t", lines.cells), problem.get())
          : parser.parse(new TableRecord(header, lines.cells), path);
    }

    @Override
    public long number() {
      return lines.line;
    }

    @Override
    public long at() {
      return lines.at;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private final class Images implements EmbeddedReader {
    /** Nearer ahead than this records are read on, and the file is not opened again. */
    private static final long NEAR = 4L << 20;

    private final Configuration conf;
    private final RowParser parser;
    private final Map<String, Integer> header;
    private Lines lines;

    Images(Configuration conf, RowParser parser) throws IOException {
      this.conf = conf;
      this.parser = parser;
      this.lines = new Lines(conf, 0);
      this.header = lines.header();
    }

    @Override
    public byte[] read(long at) throws IOException {
      if (at <= lines.at || at - lines.at > NEAR) {
        lines.close();
        lines = new Lines(conf, at);
      }
      do {
        if (!lines.advance()) {
          throw new IOException(path + " is shorter than it was");
        }
      } while (lines.at < at);
      try {
        return lines.cells.length == lines.width
            ? parser.image(new TableRecord(header, lines.cells)).bytes()
            : null;
      } catch (BadRowException e) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  /** A record of a table: everything is text, and nothing is null. */
  private record TableRecord(Map<String, Integer> header, String[] cells)
      implements ManifestRecord {
    @Override
    public boolean has(String column) {
      return header.containsKey(column);
    }

    @Override
    public String text(String column) {
      return cells[header.get(column)];
    }

    @Override
    public ImageCell image(String column) throws BadRowException {
      return ImageCell.ofText(text(column));
    }
  }
}
