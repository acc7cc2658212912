package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * Reads tables of a selection row by row, in this process: they are few rows, or are added up as
 * they are read, and starting Spark for them would take longer.
 */
public final class TableReader {
  private static final String SUFFIX = ".parquet";

  private final Configuration conf;

  public TableReader(Configuration conf) {
    this.conf = conf;
  }

  /**
   * Reads a folder's files, in the order of their names.
   *
   * @param columns those that are wanted
   * @param each takes a row, which is valid only during the call
   * @throws ConfigurationException if there is no file, or one that cannot be read
   */
  public void read(Path folder, List<String> columns, Consumer<TableRow> each) {
    for (FileStatus file : files(folder)) {
      read(file.getPath(), () -> read(file, schema -> projection(schema, columns), each));
    }
  }

  /**
   * Reads a folder's files, in the order of their names.
   *
   * @param columns those that are wanted; those that a file lacks are null in its rows
   * @param each takes a row, which is valid only during the call
   * @throws ConfigurationException if there is no file, or one that cannot be read
   */
  public void readPresent(Path folder, List<String> columns, Consumer<TableRow> each) {
    files(folder).forEach(file -> readFile(file.getPath(), columns, each));
  }

  /**
   * Reads one file.
   *
   * @param columns those that are wanted; those that the file lacks are null in every row
   * @param each takes a row, which is valid only during the call
   * @throws ConfigurationException if it cannot be read
   */
  public void readFile(Path file, List<String> columns, Consumer<TableRow> each) {
    read(
        file,
        () -> {
          FileStatus status = file.getFileSystem(conf).getFileStatus(file);
          read(
              status,
              schema -> projection(schema, columns.stream().filter(schema::containsField).toList()),
              each);
        });
  }

  /** What may fail as reading does. */
  @FunctionalInterface
  private interface Reading {
    void run() throws IOException;
  }

  private static void read(Path file, Reading reading) {
    try {
      reading.run();
    } catch (IOException | RuntimeException e) { // Parquet throws both of a file that is cut off
      throw new ConfigurationException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private List<FileStatus> files(Path folder) {
    try {
      List<FileStatus> files =
          Arrays.stream(folder.getFileSystem(conf).listStatus(folder))
              .filter(file -> file.isFile() && isData(file.getPath().getName()))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new FileNotFoundException(folder.toString());
      }
      return files;
    } catch (FileNotFoundException e) {
      throw new ConfigurationException(folder + " has no Parquet files to read", e);
    } catch (IOException e) {
      throw new ConfigurationException("Cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static boolean isData(String name) {
    return name.endsWith(SUFFIX) && !PathNames.isHidden(name);
  }

  /** Which columns of a file are read. */
  @FunctionalInterface
  private interface Projection {
    MessageType of(MessageType schema) throws IOException;
  }

  /** Opens the file once, for its footer and its rows. */
  private void read(FileStatus file, Projection projection, Consumer<TableRow> each)
      throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      MessageType columns = projection.of(schema);
      reader.setRequestedSchema(columns);
      MessageColumnIO cells = new ColumnIOFactory().getColumnIO(columns, schema);
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        RecordReader<Group> rows = cells.getRecordReader(pages, new GroupRecordConverter(columns));
        for (long row = 0; row < pages.getRowCount(); row++) {
          each.accept(new TableRow(rows.read()));
        }
      }
    }
  }

  private static MessageType projection(MessageType schema, List<String> columns)
      throws IOException {
    for (String column : columns) {
      if (!schema.containsField(column)) {
        throw new IOException("it has no column " + column);
      }
    }
    return new MessageType(schema.getName(), columns.stream().map(schema::getType).toList());
  }
}
