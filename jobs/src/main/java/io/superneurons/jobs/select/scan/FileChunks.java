package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/**
 * What the footer of a Parquet file says of some of its columns, packed: 9 bytes for each column
 * and row group. A scan that has it needs no footer.
 *
 * @param length of the file in bytes
 * @param shape what many files share
 * @param groupRows rows of each row group
 * @param starts where each chunk of a column starts in the file [columns * row groups]
 * @param codecs how each chunk is compressed, by the codec's place among all [columns * row groups]
 */
public record FileChunks(long length, Shape shape, long[] groupRows, long[] starts, byte[] codecs)
    implements Serializable {
  private static final CompressionCodecName[] CODECS = CompressionCodecName.values();

  /**
   * What a writer gives all its files.
   *
   * @param writer the program, whose faults Parquet knows
   * @param columns their names
   * @param schemas a message of each column alone, as Parquet writes it
   */
  public record Shape(String writer, List<String> columns, List<String> schemas)
      implements Serializable {
    /** The message of a column. */
    MessageType schema(int column) {
      return MessageTypeParser.parseMessageType(schemas.get(column));
    }
  }

  /**
   * Reads a file's footer.
   *
   * @throws IOException if it cannot be read or lacks a column
   */
  static FileChunks read(String file, List<LayerSite> columns, Configuration hadoop)
      throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(new Path(file), hadoop);
    try (SeekableInputStream stream = input.newStream()) {
      return read(input, stream, columns, hadoop);
    }
  }

  /**
   * Reads the footer of a file that is open.
   *
   * @param stream of the file; is moved
   */
  static FileChunks read(
      HadoopInputFile input,
      SeekableInputStream stream,
      List<LayerSite> columns,
      Configuration hadoop)
      throws IOException {
    ParquetReadOptions options = HadoopReadOptions.builder(hadoop, input.getPath()).build();
    ParquetMetadata footer = ParquetFileReader.readFooter(input, options, stream);
    MessageType schema = footer.getFileMetaData().getSchema();
    List<BlockMetaData> groups = footer.getBlocks();
    long[] starts = new long[columns.size() * groups.size()];
    byte[] codecs = new byte[starts.length];
    List<String> schemas = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      String name = columns.get(column).column();
      schemas.add(new MessageType("column", column(schema, name)).toString());
      int index = schema.getColumns().indexOf(schema.getColumnDescription(new String[] {name}));
      for (int group = 0; group < groups.size(); group++) {
        ColumnChunkMetaData chunk = groups.get(group).getColumns().get(index);
        starts[column * groups.size() + group] = chunk.getStartingPos();
        codecs[column * groups.size() + group] = (byte) chunk.getCodec().ordinal();
      }
    }
    Shape shape =
        new Shape(
            footer.getFileMetaData().getCreatedBy(),
            columns.stream().map(LayerSite::column).toList(),
            schemas);
    long[] rows = groups.stream().mapToLong(BlockMetaData::getRowCount).toArray();
    return new FileChunks(input.getLength(), shape, rows, starts, codecs);
  }

  private static Type column(MessageType schema, String name) throws IOException {
    if (!schema.containsField(name)) {
      throw new IOException("There is no column " + name);
    }
    Type column = schema.getType(name);
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      throw new IOException("Column " + name + " has not one value in each row: " + column);
    }
    return column;
  }

  /** The same with a shape that other files share. */
  FileChunks with(Shape shared) {
    return new FileChunks(length, shared, groupRows, starts, codecs);
  }

  int groups() {
    return groupRows.length;
  }

  /** The place of a column among those that the footer was read for. */
  int index(LayerSite column) {
    int index = shape.columns.indexOf(column.column());
    if (index < 0) {
      throw new IllegalArgumentException(
          "The footer was read for " + shape.columns + ", not " + column);
    }
    return index;
  }

  long start(int column, int group) {
    return starts[column * groups() + group];
  }

  CompressionCodecName codec(int column, int group) {
    return CODECS[codecs[column * groups() + group]];
  }

  @Override
  public String toString() {
    return length + " bytes, rows " + Arrays.toString(groupRows);
  }
}
