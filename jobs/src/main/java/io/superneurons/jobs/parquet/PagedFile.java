package io.superneurons.jobs.parquet;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndexBuilder;
import org.apache.parquet.internal.filter2.columnindex.ColumnIndexStore;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file that knows where its pages are, though its writer wrote no index of them, as
 * pyarrow does unless it is asked: then the headers of the pages are looked through, once per row
 * group. Columns that are read must have one value in each row.
 */
final class PagedFile extends ParquetFileReader {
  private final InputFile file;
  private final Map<Integer, Map<ColumnPath, OffsetIndex>> pages = new HashMap<>();
  private List<ColumnPath> columns = List.of();

  private PagedFile(InputFile file, ParquetReadOptions options) throws IOException {
    super(file, options);
    this.file = file;
  }

  static PagedFile open(FileSystem files, Path path, ParquetReadOptions options)
      throws IOException {
    return new PagedFile(new OpenedFile(files, files.getFileStatus(path)), options);
  }

  /** A file on a file system that was chosen. */
  private record OpenedFile(FileSystem files, FileStatus status) implements InputFile {
    @Override
    public long getLength() {
      return status.getLen();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      return HadoopStreams.wrap(files.open(status.getPath()));
    }

    /** Named in Parquet's messages. */
    @Override
    public String toString() {
      return status.getPath().toString();
    }
  }

  @Override
  public void setRequestedSchema(MessageType schema) {
    super.setRequestedSchema(schema);
    columns =
        schema.getColumns().stream()
            .map(ColumnDescriptor::getPath)
            .map(path -> ColumnPath.get(path))
            .toList();
  }

  /** The pages of that column of a row group, of those that are read, which takes most bytes. */
  OffsetIndex largestColumn(int block) throws IOException {
    return pages(block).get(largest(block).getPath());
  }

  /** The bytes of that column's dictionary, which is read with any of its pages; 0 without one. */
  long dictionaryBytes(int block) throws IOException {
    return largestColumn(block).getOffset(0) - largest(block).getStartingPos();
  }

  private ColumnChunkMetaData largest(int block) {
    return getRowGroups().get(block).getColumns().stream()
        .filter(chunk -> columns.contains(chunk.getPath()))
        .max(Comparator.comparingLong(ColumnChunkMetaData::getTotalSize))
        .orElseThrow();
  }

  @Override
  public ColumnIndexStore getColumnIndexStore(int block) {
    return new ColumnIndexStore() {
      @Override
      public ColumnIndex getColumnIndex(ColumnPath column) {
        return null;
      }

      @Override
      public OffsetIndex getOffsetIndex(ColumnPath column) {
        return pages.get(block).get(column);
      }
    };
  }

  private Map<ColumnPath, OffsetIndex> pages(int block) throws IOException {
    Map<ColumnPath, OffsetIndex> known = pages.get(block);
    if (known == null) {
      known = new HashMap<>();
      BlockMetaData group = getRowGroups().get(block);
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (columns.contains(chunk.getPath())) {
          OffsetIndex written =
              chunk.getOffsetIndexReference() == null ? null : readOffsetIndex(chunk);
          known.put(chunk.getPath(), written == null ? found(chunk) : written);
        }
      }
      pages.put(block, known);
    }
    return known;
  }

  private OffsetIndex found(ColumnChunkMetaData chunk) throws IOException {
    OffsetIndexBuilder index = OffsetIndexBuilder.getBuilder();
    try (SeekableInputStream in = file.newStream()) {
      long at = chunk.getStartingPos();
      for (long row = 0; row < chunk.getValueCount(); ) {
        in.seek(at);
        PageHeader header = Util.readPageHeader(in);
        int bytes = Math.toIntExact(in.getPos() - at + header.getCompressed_page_size());
        if (header.getType() != PageType.DICTIONARY_PAGE) {
          index.add(at, bytes, row);
          row +=
              header.getType() == PageType.DATA_PAGE
                  ? header.getData_page_header().getNum_values()
                  : header.getData_page_header_v2().getNum_values();
        }
        at += bytes;
      }
    }
    return index.build();
  }
}
