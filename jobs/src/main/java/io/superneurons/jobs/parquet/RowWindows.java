package io.superneurons.jobs.parquet;

import io.superneurons.jobs.files.PathNames;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads a Parquet file's rows one after another, or those of given numbers; then only the pages
 * around them, so that Spark tasks that share a row group do not each read all of it.
 */
public final class RowWindows implements Closeable {
  /** About what is read at once for a row of a given number. */
  static final long WINDOW_BYTES = 1L << 20;

  private final Path path;
  private final PagedFile file;
  private final MessageType schema;
  private final long windowBytes;
  private List<Integer> blocks;
  private RecordReader<Group> rows;

  /** Number of the row that {@link #rows} gives next, and of the first that it does not have. */
  private long next;

  private long end;

  /** Row group that is being read, and the number of its first row. */
  private int block;

  private long blockStart;

  private RowWindows(Path path, PagedFile file, MessageType schema, long windowBytes) {
    this.path = path;
    this.file = file;
    this.schema = schema;
    this.windowBytes = windowBytes;
    this.blocks = IntStream.range(0, file.getRowGroups().size()).boxed().toList();
  }

  /**
   * Opens a file, which is not looked at for a checksum beside it.
   *
   * @param projection the columns to read of those that the file has
   * @throws IOException if it cannot be read
   */
  public static RowWindows open(
      Configuration conf, Path path, UnaryOperator<MessageType> projection) throws IOException {
    return open(conf, path, projection, WINDOW_BYTES);
  }

  /** The same, with other windows. */
  static RowWindows open(
      Configuration conf, Path path, UnaryOperator<MessageType> projection, long windowBytes)
      throws IOException {
    FileSystem files = PathNames.fileSystem(conf, path);
    PagedFile file;
    try {
      file = PagedFile.open(files, path, HadoopReadOptions.builder(conf).build());
    } catch (RuntimeException e) { // Parquet throws them of a file that is none
      throw unreadable(path, e);
    }
    try {
      MessageType schema = projection.apply(file.getFileMetaData().getSchema());
      List<String> columns = schema.getFields().stream().map(Type::getName).toList();
      Codecs.require(conf, path.toString(), file.getRowGroups(), columns);
      file.setRequestedSchema(schema);
      return new RowWindows(path, file, schema, windowBytes);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static IOException unreadable(Path path, RuntimeException e) {
    return new IOException(
        String.format(Locale.ROOT, "Cannot read %s: %s", path, e.getMessage()), e);
  }

  /** Only the row groups that begin in a stretch of the file. */
  public RowWindows within(long start, long end) {
    blocks =
        blocks.stream()
            .filter(
                i -> {
                  long at = file.getRowGroups().get(i).getStartingPos();
                  return at >= start && at < end;
                })
            .toList();
    return this;
  }

  /**
   * The next row.
   *
   * @return null after the last
   */
  public Group next() throws IOException {
    while (next == end) {
      if (blocks.isEmpty()) {
        return null;
      }
      block = blocks.get(0);
      blocks = blocks.subList(1, blocks.size());
      BlockMetaData group = file.getRowGroups().get(block);
      blockStart = group.getRowIndexOffset();
      if (group.getRowCount() > 0) {
        read(block, group.getRowIndexOffset(), RowRanges.createSingle(group.getRowCount()));
      }
    }
    return readNext();
  }

  /** The number in the file of the row that was read last, from 0. */
  public long row() {
    return next - 1;
  }

  /**
   * How many rows before the last of {@link #next()} are in its page of the largest column, or
   * share its dictionary, where that is larger than what is read at once; 0 in others.
   *
   * @param most rows of one page that belong together
   */
  public long joined(int most) throws IOException {
    OffsetIndex pages = file.largestColumn(block);
    long row = row() - blockStart;
    int page = pageOf(pages, row, file.getRowGroups().get(block).getRowCount());
    if (file.dictionaryBytes(block) > windowBytes) {
      return row % most;
    }
    return pages.getCompressedPageSize(page) <= windowBytes
        ? 0
        : (row - pages.getFirstRowIndex(page)) % most;
  }

  /**
   * The row of a number; quickest if they rise.
   *
   * @throws IOException if the file has no such row
   */
  public Group row(long number) throws IOException {
    if (number < next || number >= end) {
      openWindow(number);
    }
    while (next < number) {
      readNext();
    }
    return readNext();
  }

  private void openWindow(long number) throws IOException {
    List<BlockMetaData> groups = file.getRowGroups();
    for (int i = 0; i < groups.size(); i++) {
      long first = groups.get(i).getRowIndexOffset();
      long count = groups.get(i).getRowCount();
      if (number >= first && number < first + count) {
        OffsetIndex pages = file.largestColumn(i);
        int from = pageOf(pages, number - first, count);
        int to = from;
        long bytes = pages.getCompressedPageSize(from);
        // a dictionary is read with each window: then windows of its size are not too large
        long least = Math.max(windowBytes, file.dictionaryBytes(i));
        while (to + 1 < pages.getPageCount() && bytes < least) {
          to++;
          bytes += pages.getCompressedPageSize(to);
        }
        RowRanges ranges =
            RowRanges.create(count, IntStream.rangeClosed(from, to).iterator(), pages);
        read(i, first + pages.getFirstRowIndex(from), ranges);
        return;
      }
    }
    throw new IOException(
        String.format(Locale.ROOT, "%s has no row %d any more", path, number + 1));
  }

  private static int pageOf(OffsetIndex pages, long row, long count) {
    int page = 0;
    while (pages.getLastRowIndex(page, count) < row) {
      page++;
    }
    return page;
  }

  private void read(int block, long first, RowRanges ranges) throws IOException {
    try {
      PageReadStore pages = file.readFilteredRowGroup(block, ranges);
      rows =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
      next = first;
      end = first + ranges.rowCount();
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  private Group readNext() throws IOException {
    try {
      next++;
      return rows.read();
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
