package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a Parquet file that are needed. Spark is given them as the schema, since it would
 * refuse a file for one column of a type that it does not know, needed or not.
 */
final class NeededColumns {
  private NeededColumns() {}

  /**
   * Reads the footer of a file.
   *
   * @return the needed columns that it has, in the file's order
   * @throws ConfigurationException if the file cannot be read, or a needed column of it
   */
  static StructType of(Configuration conf, String file, Predicate<String> needed) {
    ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(SQLConf.get());
    StructType schema = new StructType();
    for (Type column : columns(conf, file, needed)) {
      try {
        schema = schema.add(converter.convert(new MessageType("one", column)).apply(0));
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
    return schema;
  }

  private static List<Type> columns(Configuration conf, String file, Predicate<String> needed) {
    Configuration plain = PathNames.plain(conf);
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
