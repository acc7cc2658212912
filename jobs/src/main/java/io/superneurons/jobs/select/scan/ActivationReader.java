package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.select.rows.FileRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a column out of Parquet files, value by value: its bytes only, no matter what else the
 * files hold, and a page of them at a time.
 */
final class ActivationReader {
  private final List<FileRows> files;
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

  ActivationReader(List<FileRows> files, StoreDType dtype, Configuration hadoop) {
    this.files = files;
    this.dtype = dtype;
    this.hadoop = hadoop;
  }

  /**
   * Hands on the wanted values of a column, in the order of the files and of their rows.
   *
   * @param width scalars of the column
   * @throws UncheckedIOException naming the file that cannot be read
   */
  void read(LayerSite column, int width, Sink sink) {
    for (FileRows file : files) {
      try {
        read(file, column, width, sink);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + column + " of " + file.path(), e);
      }
    }
  }

  private void read(FileRows file, LayerSite column, int width, Sink sink) throws IOException {
    Path path = new Path(file.path());
    HadoopInputFile input = HadoopInputFile.fromPath(path, hadoop);
    ParquetReadOptions options = HadoopReadOptions.builder(hadoop, path).build();
    try (ParquetFileReader reader = ParquetFileReader.open(input, options);
        SeekableInputStream stream = input.newStream()) {
      MessageType schema = reader.getFileMetaData().getSchema();
      if (!schema.containsField(column.column())) {
        throw new IOException("There is no column " + column.column());
      }
      MessageType projection = new MessageType(schema.getName(), schema.getType(column.column()));
      int index = schema.getColumns().indexOf(schema.getColumnDescription(path(column)));
      String writer = reader.getFileMetaData().getCreatedBy();
      long position = 0;
      for (BlockMetaData group : reader.getRowGroups()) {
        ColumnChunkMetaData metadata = group.getColumns().get(index);
        ColumnChunk chunk = new ColumnChunk(stream, metadata, group.getRowCount(), options);
        ColumnReader cells = cells(chunk, projection, writer);
        for (long row = 0; row < group.getRowCount(); row++, position++) {
          int target = file.target(position);
          if (target != FileRows.UNWANTED) {
            sink.accept(target, scalars(cells, projection, position, width));
          } else {
            // A value that is neither read nor skipped would be the next row's.
            cells.skip();
          }
          cells.consume();
        }
      }
    }
  }

  private static String[] path(LayerSite column) {
    return new String[] {column.column()};
  }

  private static ColumnReader cells(ColumnChunk chunk, MessageType projection, String writer) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            chunk, new GroupRecordConverter(projection).getRootConverter(), projection, writer);
    return store.getColumnReader(projection.getColumns().get(0));
  }

  private ByteBuffer scalars(ColumnReader cells, MessageType projection, long position, int width)
      throws IOException {
    boolean present =
        cells.getCurrentDefinitionLevel() == projection.getColumns().get(0).getMaxDefinitionLevel();
    ByteBuffer cell = present ? cells.getBinary().toByteBuffer() : ByteBuffer.allocate(0);
    int expected = width * dtype.bytes();
    if (cell.remaining() != expected) {
      throw new IOException(
          String.format(
              "Row %d has %d bytes in %s, not the %d of %d %s scalars",
              position, cell.remaining(), projection.getFieldName(0), expected, width, dtype));
    }
    return cell.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
