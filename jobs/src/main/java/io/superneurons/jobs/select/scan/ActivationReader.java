package io.superneurons.jobs.select.scan;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.select.rows.FileRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Reads a column out of Parquet files, value by value: its bytes only, no matter what else the
 * files hold, and a page of them at a time.
 */
final class ActivationReader {
  private final List<ScannedFile> files;
  private final StoreDType dtype;
  private final Configuration hadoop;

  /** Takes the values of a column. */
  interface Sink {
    /**
     * One value.
     *
     * @param row of the table of labelled rows
     * @param scalars little-endian, from position 0 to the limit; valid during the call
     */
    void accept(int row, ByteBuffer scalars);
  }

  ActivationReader(List<ScannedFile> files, StoreDType dtype, Configuration hadoop) {
    this.files = files;
    this.dtype = dtype;
    this.hadoop = hadoop;
  }

  /**
   * Hands on the wanted values of a column, in the order of the files and of their rows.
   *
   * @param width scalars of the column
   * @throws UncheckedIOException naming the file that cannot be read
   * @throws ConfigurationException naming a row whose value is no vector of that width
   */
  void read(LayerSite column, int width, Sink sink) {
    ParquetReadOptions options = HadoopReadOptions.builder(hadoop).build();
    for (ScannedFile file : files) {
      try {
        read(file, column, width, sink, options);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + column + " of " + file.rows().path(), e);
      }
    }
  }

  private void read(
      ScannedFile file, LayerSite column, int width, Sink sink, ParquetReadOptions options)
      throws IOException {
    FileChunks chunks = file.chunks();
    int index = chunks.index(column);
    MessageType projection = chunks.shape().schema(index);
    PrimitiveType type = projection.getType(0).asPrimitiveType();
    try (SeekableInputStream stream = open(file)) {
      long position = 0;
      for (int group = 0; group < chunks.groups(); group++) {
        long rows = chunks.groupRows()[group];
        BytesInputDecompressor decompressor =
            options.getCodecFactory().getDecompressor(chunks.codec(index, group));
        ColumnChunk chunk =
            new ColumnChunk(stream, type, chunks.start(index, group), rows, decompressor);
        ColumnReader cells = cells(chunk, projection, chunks.shape().writer());
        for (long row = 0; row < rows; row++, position++) {
          int target = file.rows().target(position);
          if (target != FileRows.UNWANTED) {
            sink.accept(target, scalars(cells, projection, file.rows().path(), position, width));
          } else {
            // A value that is neither read nor skipped would be the next row's.
            cells.skip();
          }
          cells.consume();
        }
      }
    }
  }

  /** Object stores that know the length are not asked for it: a request less for each file. */
  private SeekableInputStream open(ScannedFile file) throws IOException {
    Path path = new Path(file.rows().path());
    return HadoopStreams.wrap(
        FutureIO.awaitFuture(
            path.getFileSystem(hadoop)
                .openFile(path)
                .optLong(OpenFileOptions.FS_OPTION_OPENFILE_LENGTH, file.chunks().length())
                .opt(
                    OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY,
                    OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM)
                .build()));
  }

  private static ColumnReader cells(ColumnChunk chunk, MessageType projection, String writer) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            chunk, new GroupRecordConverter(projection).getRootConverter(), projection, writer);
    return store.getColumnReader(projection.getColumns().get(0));
  }

  private ByteBuffer scalars(
      ColumnReader cells, MessageType projection, String file, long position, int width) {
    boolean present =
        cells.getCurrentDefinitionLevel() == projection.getColumns().get(0).getMaxDefinitionLevel();
    ByteBuffer cell = present ? cells.getBinary().toByteBuffer() : ByteBuffer.allocate(0);
    int expected = width * dtype.bytes();
    if (cell.remaining() != expected) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Row %d of %s has %s in %s, not the %d bytes of %d %s scalars that %s promises",
              position + 1,
              file,
              present ? cell.remaining() + " bytes" : "nothing",
              projection.getFieldName(0),
              expected,
              width,
              dtype,
              ActivationsMetadata.FILE_NAME));
    }
    return cell.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
