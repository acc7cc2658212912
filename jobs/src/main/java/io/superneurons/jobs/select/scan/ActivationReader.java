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
 * Reads columns out of Parquet files, value by value: their bytes only, no matter what else the
 * files hold, and a page of them at a time. Each file is opened once for all columns.
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

  /**
   * A column that is read.
   *
   * @param column which column
   * @param width its scalars
   * @param sink takes its values
   */
  record Wanted(LayerSite column, int width, Sink sink) {}

  ActivationReader(List<ScannedFile> files, StoreDType dtype, Configuration hadoop) {
    this.files = files;
    this.dtype = dtype;
    this.hadoop = hadoop;
  }

  /**
   * Hands on the wanted values of columns, of each in the order of the files and of their rows.
   *
   * @throws UncheckedIOException naming the file that cannot be read
   * @throws ConfigurationException naming a row whose value is no vector of its column's width
   */
  void read(List<Wanted> columns) {
    ParquetReadOptions options = HadoopReadOptions.builder(hadoop).build();
    for (ScannedFile file : files) {
      try (SeekableInputStream stream = open(file)) {
        for (Wanted wanted : columns) {
          read(stream, file, wanted, options);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file.rows().path(), e);
      }
    }
  }

  /** Hands on the wanted values of a column of a file that is open. */
  void read(
      SeekableInputStream stream, ScannedFile file, Wanted wanted, ParquetReadOptions options) {
    try {
      FileChunks chunks = file.chunks();
      int index = chunks.index(wanted.column);
      MessageType projection = chunks.shape().schema(index);
      PrimitiveType type = projection.getType(0).asPrimitiveType();
      long position = 0;
      for (int group = 0; group < chunks.groups(); group++) {
        long rows = chunks.groupRows()[group];
        BytesInputDecompressor decompressor =
            options.getCodecFactory().getDecompressor(chunks.codec(index, group));
        ColumnChunk chunk =
            new ColumnChunk(stream, type, chunks.start(index, group), rows, decompressor);
        ColumnReader cells = cells(chunk, projection, chunks.shape().writer());
        for (long row = 0; row < rows; row++, position++) {
          read(cells, projection, file.rows(), position, wanted);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read " + wanted.column + " of " + file.rows().path(), e);
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

  private void read(
      ColumnReader cells, MessageType projection, FileRows rows, long position, Wanted wanted) {
    int target = rows.target(position);
    if (target != FileRows.UNWANTED) {
      ByteBuffer scalars = scalars(cells, projection, rows.path(), position, wanted.width);
      wanted.sink.accept(target, scalars);
    } else if (isPresent(cells, projection)) {
      // A value that is neither read nor skipped would be the next row's; where there is none, to
      // skip one would pass over the next row's.
      cells.skip();
    }
    cells.consume();
  }

  private static boolean isPresent(ColumnReader cells, MessageType projection) {
    return cells.getCurrentDefinitionLevel()
        == projection.getColumns().get(0).getMaxDefinitionLevel();
  }

  private ByteBuffer scalars(
      ColumnReader cells, MessageType projection, String file, long position, int width) {
    boolean present = isPresent(cells, projection);
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
