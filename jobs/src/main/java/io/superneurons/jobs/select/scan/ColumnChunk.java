package io.superneurons.jobs.select.scan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.PrimitiveType;

/**
 * One column's part of a row group, read page by page. Parquet's own reader takes in all of it at
 * once, which has no bound: row groups of some writers are gigabytes.
 */
final class ColumnChunk implements PageReader, PageReadStore {
  /** What is read at once; object stores answer few large requests better than many small ones. */
  private static final int READ_BYTES = 1 << 20;

  /**
   * Memory that reading takes: what is read at once, and a page as it is stored and unpacked.
   * Writers make pages of about a mebibyte.
   */
  static final long BYTES = READ_BYTES + 2 * (2L << 20);

  private final PrimitiveType type;
  private final long rows;
  private final InputStream stream;
  private final BytesInputDecompressor decompressor;
  private final Statistics<?> noStatistics;
  private byte[] buffer = {};
  private long valuesLeft;
  private DictionaryPage dictionary;
  private PageHeader next;

  /**
   * Opens the chunk.
   *
   * @param file is moved to the chunk's start; nothing else may use it meanwhile
   * @param type of the column, which has one value, or none, in each row
   * @param start where the chunk begins in the file
   * @param rows in the row group
   */
  ColumnChunk(
      SeekableInputStream file,
      PrimitiveType type,
      long start,
      long rows,
      BytesInputDecompressor decompressor)
      throws IOException {
    this.type = type;
    this.rows = rows;
    this.valuesLeft = rows;
    this.decompressor = decompressor;
    this.noStatistics = Statistics.createStats(type);
    file.seek(start);
    this.stream = new BufferedInputStream(file, READ_BYTES);
    next = Util.readPageHeader(stream);
    if (next.isSetDictionary_page_header()) {
      dictionary = dictionary(next);
      next = null;
    }
  }

  private DictionaryPage dictionary(PageHeader header) throws IOException {
    BytesInput stored = body(header.getCompressed_page_size());
    return new DictionaryPage(
        BytesInput.from(
            decompressor
                .decompress(stored, header.getUncompressed_page_size())
                .toInputStream()
                .readAllBytes()),
        header.getDictionary_page_header().getNum_values(),
        encoding(header.getDictionary_page_header().getEncoding()));
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    return dictionary;
  }

  @Override
  public long getTotalValueCount() {
    return rows;
  }

  /** The next page of values; it is valid until the one after it is read. */
  @Override
  public DataPage readPage() {
    try {
      while (valuesLeft > 0) {
        PageHeader header = next == null ? Util.readPageHeader(stream) : next;
        next = null;
        Optional<DataPage> page = page(header);
        if (page.isPresent()) {
          valuesLeft -= page.get().getValueCount();
          return page.get();
        }
      }
      return null;
    } catch (IOException e) {
      throw new ParquetDecodingException("A page of " + type.getName() + " is broken", e);
    }
  }

  private Optional<DataPage> page(PageHeader header) throws IOException {
    int size = header.getCompressed_page_size();
    if (header.isSetData_page_header()) {
      return Optional.of(first(header, body(size)));
    }
    if (header.isSetData_page_header_v2()) {
      return Optional.of(second(header));
    }
    stream.skipNBytes(size);
    return Optional.empty();
  }

  private DataPage first(PageHeader header, BytesInput stored) throws IOException {
    DataPageHeader data = header.getData_page_header();
    int size = header.getUncompressed_page_size();
    return new DataPageV1(
        decompressor.decompress(stored, size),
        data.getNum_values(),
        size,
        noStatistics,
        encoding(data.getRepetition_level_encoding()),
        encoding(data.getDefinition_level_encoding()),
        encoding(data.getEncoding()));
  }

  private DataPage second(PageHeader header) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    int repetition = data.getRepetition_levels_byte_length();
    int definition = data.getDefinition_levels_byte_length();
    int levels = repetition + definition;
    int unpacked = header.getUncompressed_page_size() - levels;
    BytesInput repetitionLevels = BytesInput.from(stream.readNBytes(repetition));
    BytesInput definitionLevels = BytesInput.from(stream.readNBytes(definition));
    BytesInput stored = body(header.getCompressed_page_size() - levels);
    return DataPageV2.uncompressed(
        data.getNum_rows(),
        data.getNum_nulls(),
        data.getNum_values(),
        repetitionLevels,
        definitionLevels,
        encoding(data.getEncoding()),
        data.isIs_compressed() ? decompressor.decompress(stored, unpacked) : stored,
        noStatistics);
  }

  private BytesInput body(int size) throws IOException {
    if (buffer.length < size) {
      buffer = new byte[size];
    }
    int read = stream.readNBytes(buffer, 0, size);
    if (read < size) {
      throw new IOException("The file ends within a page");
    }
    return BytesInput.from(buffer, 0, size);
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return this;
  }

  @Override
  public long getRowCount() {
    return rows;
  }
}
