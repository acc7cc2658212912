package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.files.SideBySide;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of Parquet files that are needed. Spark is given them as the schema: it would look at
 * one file and leave out what only others have, and refuse a file for one column of a type that it
 * does not know, needed or not.
 */
final class NeededColumns {
  /** A store answers each look at a footer after a while. */
  private static final int FILES_AT_A_TIME = 64;

  private NeededColumns() {}

  /** A column, and the first file that has it. */
  private record Found(Type column, DataType type, String file) {}

  /**
   * Reads the footers of files.
   *
   * @return the needed columns that any of them has, in the order in which they are found
   * @throws ConfigurationException if a file cannot be read, or a needed column of it, or if a
   *     column is of one type in one file and of another in the next
   */
  static StructType of(Configuration conf, List<String> files, Predicate<String> needed) {
    Configuration plain = PathNames.plain(conf);
    Map<List<Type>, List<Type>> shared = new ConcurrentHashMap<>(); // files are mostly alike
    List<Callable<List<Type>>> looks = new ArrayList<>();
    files.forEach(
        file -> looks.add(() -> shared.computeIfAbsent(columns(plain, file, needed), c -> c)));
    List<List<Type>> columns = SideBySide.call(looks, FILES_AT_A_TIME);
    ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(SQLConf.get());
    Map<String, Found> byName = new LinkedHashMap<>();
    for (int file = 0; file < files.size(); file++) {
      for (Type column : columns.get(file)) {
        Found known = byName.get(column.getName());
        if (known == null || !known.column.equals(column)) {
          Found found =
              new Found(column, converted(converter, column, files.get(file)), files.get(file));
          requireSame(byName.putIfAbsent(column.getName(), found), found);
        }
      }
    }
    StructType schema = new StructType();
    for (Map.Entry<String, Found> column : byName.entrySet()) {
      schema = schema.add(column.getKey(), column.getValue().type);
    }
    return schema;
  }

  private static DataType converted(
      ParquetToSparkSchemaConverter converter, Type column, String file) {
    try {
      return converter.convert(new MessageType("one", column)).apply(0).dataType();
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Column %s of %s is of a type that cannot be read: %s",
              column.getName(),
              file,
              column),
          e);
    }
  }

  private static void requireSame(Found known, Found found) {
    if (known != null && !known.type.sameType(found.type)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "Column %s is %s in %s, and %s in %s: write it as one type in all files",
              found.column.getName(),
              TableText.describe(known.column),
              known.file,
              TableText.describe(found.column),
              found.file));
    }
  }

  private static List<Type> columns(Configuration plain, String file, Predicate<String> needed) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), plain))) {
      List<Type> columns =
          reader.getFileMetaData().getSchema().getFields().stream()
              .filter(column -> needed.test(column.getName()))
              .toList();
      Codecs.require(
          plain, file, reader.getRowGroups(), columns.stream().map(Type::getName).toList());
      return columns;
    } catch (ConfigurationException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // Parquet throws both of a file that is cut off
      throw new ConfigurationException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
