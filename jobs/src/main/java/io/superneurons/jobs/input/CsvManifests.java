package io.superneurons.jobs.input;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads manifests in CSV and TSV (RFC 4180: quotes double within quotes, a quoted field may hold
 * separators and line ends). Each file has its own header and is read by one task from its start,
 * since only there it is known what is quoted.
 */
final class CsvManifests {
  /** What Excel begins its files with. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final CsvMapper CSV =
      CsvMapper.builder(CsvFactory.builder().streamReadConstraints(JsonRecord.LONG_TEXTS).build())
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private CsvManifests() {}

  static Dataset<Row> read(
      SparkSession spark, List<InputFile> files, char separator, RowParser parser) {
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    ArrayList<String> paths =
        files.stream().map(InputFile::path).collect(toCollection(ArrayList::new));
    return spark
        .range(0, paths.size(), 1, paths.size())
        .flatMap(
            (FlatMapFunction<Long, Row>)
                i -> Table.open(conf.value().value(), paths.get(i.intValue()), separator, parser),
            Encoders.row(Place.PLACED_ROWS));
  }

  /** The rows of one file. */
  private static final class Table implements Iterator<Row> {
    private final String path;
    private final RowParser parser;
    private final MappingIterator<String[]> records;
    private final Map<String, Integer> header = new LinkedHashMap<>();
    private String[] next;
    private long line;

    private Table(String path, RowParser parser, MappingIterator<String[]> records) {
      this.path = path;
      this.parser = parser;
      this.records = records;
    }

    static Table open(Configuration conf, String path, char separator, RowParser parser)
        throws IOException {
      ObjectReader format =
          CSV.readerFor(String[].class)
              .with(CsvSchema.emptySchema().withColumnSeparator(separator).withoutEscapeChar());
      PushbackReader text = new PushbackReader(Utf8.reader(stream(conf, new Path(path))));
      int first = text.read();
      if (first != BYTE_ORDER_MARK && first >= 0) {
        text.unread(first);
      }
      Table table = new Table(path, parser, format.readValues(text));
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> table.close());
      table.readHeader();
      table.advance();
      return table;
    }

    private static InputStream stream(Configuration conf, Path path) throws IOException {
      InputStream file = PathNames.fileSystem(conf, path).open(path);
      CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(path);
      return codec == null ? file : codec.createInputStream(file);
    }

    private void readHeader() {
      advance();
      if (next == null) {
        return;
      }
      String whole = String.join("", next);
      if (!Utf8.isWhole(whole) || whole.indexOf('\0') >= 0) {
        throw new ConfigurationException(Utf8.problem("The header of " + path, whole));
      }
      for (int i = 0; i < next.length; i++) {
        String name = next[i].strip();
        if (header.put(name, i) != null) {
          throw new ConfigurationException(path + " has two columns " + name);
        }
      }
      parser.columns().require(header.keySet(), path);
    }

    private void advance() {
      line = records.getCurrentLocation().getLineNr();
      try {
        next = records.hasNextValue() ? records.nextValue() : null;
      } catch (IOException e) {
        // What a quote that never closes, or a broken archive, has swallowed cannot be told.
        throw new ConfigurationException(
            String.format(
                Locale.ROOT, "Cannot read %s from line %d on: %s", path, line, message(e)),
            e);
      }
    }

    private static String message(IOException e) {
      return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Place place = new Place(path, "line", line);
      String[] cells = next;
      advance();
      for (String cell : cells) {
        if (!Utf8.isWhole(cell)) {
          String record = String.join("\t", cells);
          return place.row(RowParser.unusable(record, place, Utf8.problem("The record", record)));
        }
      }
      if (cells.length == header.size()) {
        return place.row(parser.parse(new TableRecord(header, cells), place));
      }
      String problem =
          String.format(
              Locale.ROOT, "The record has %d fields, the header %d", cells.length, header.size());
      return place.row(RowParser.unusable(String.join("\t", cells), place, problem));
    }

    private void close() {
      try {
        records.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
