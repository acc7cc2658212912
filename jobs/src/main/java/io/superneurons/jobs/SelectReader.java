package io.superneurons.jobs;

import io.superneurons.activation.Float16;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.StoreDType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Reads neurons out of Parquet files: the bytes of one column only, whatever else the files hold.
 */
final class SelectReader {
  private final List<SelectFile> files;
  private final StoreDType dtype;
  private final Configuration hadoop;

  SelectReader(List<SelectFile> files, StoreDType dtype, Configuration hadoop) {
    this.files = files;
    this.dtype = dtype;
    this.hadoop = hadoop;
  }

  /**
   * Values of some neurons of a column on all wanted rows.
   *
   * @param indexes of the neurons within the column
   * @param width scalars of the column
   * @param rows how many rows are wanted
   * @return a row of values a neuron
   * @throws UncheckedIOException naming the file that cannot be read
   */
  float[][] read(LayerSite column, int[] indexes, int width, int rows) {
    float[][] values = new float[indexes.length][rows];
    for (SelectFile file : files) {
      try {
        read(file, column, indexes, width, values);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + column + " of " + file.path(), e);
      }
    }
    return values;
  }

  private void read(SelectFile file, LayerSite column, int[] indexes, int width, float[][] values)
      throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(new Path(file.path()), hadoop);
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      if (!schema.containsField(column.column())) {
        throw new IOException("There is no column " + column.column());
      }
      MessageType projection = new MessageType(schema.getName(), schema.getType(column.column()));
      reader.setRequestedSchema(projection);
      String writer = reader.getFileMetaData().getCreatedBy();
      long position = 0;
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        ColumnReader cells = cells(pages, projection, writer);
        for (long row = 0; row < pages.getRowCount(); row++, position++) {
          int target = file.target(position);
          if (target != SelectFile.UNWANTED) {
            place(cells, projection, position, indexes, width, values, target);
          }
          cells.consume();
        }
      }
    }
  }

  private static ColumnReader cells(PageReadStore pages, MessageType projection, String writer) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new GroupRecordConverter(projection).getRootConverter(), projection, writer);
    return store.getColumnReader(projection.getColumns().get(0));
  }

  private void place(
      ColumnReader cells,
      MessageType projection,
      long position,
      int[] indexes,
      int width,
      float[][] values,
      int target)
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
    ByteBuffer scalars = cell.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (dtype == StoreDType.FLOAT16) {
      for (int i = 0; i < indexes.length; i++) {
        values[i][target] = Float16.toFloat(scalars.getShort(indexes[i] * Short.BYTES));
      }
    } else {
      for (int i = 0; i < indexes.length; i++) {
        values[i][target] = scalars.getFloat(indexes[i] * Float.BYTES);
      }
    }
  }
}
