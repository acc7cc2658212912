package io.superneurons.jobs.parquet;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.PathNames;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Parquet files of others, as far as they are needed: Spark refuses a file for one column of a type
 * that it does not know, needed or not, and files of which one column has two types.
 *
 * @param files whose needed columns are alike
 * @param schema those columns
 */
public record NeededColumns(List<String> files, StructType schema) {
  /** Footers that the driver reads itself, as Spark does. */
  private static final int FEW = 32;

  private static final int FOOTERS_PER_TASK = 64;

  /** Says which columns of a file are needed. */
  @FunctionalInterface
  public interface Choice extends Serializable {
    /**
     * The needed ones among a file's columns.
     *
     * @throws ConfigurationException if it lacks one that it must have
     */
    List<String> of(String file, List<String> columns);
  }

  /**
   * Reads the footers of files.
   *
   * @return groups of files with the same needed columns, in the order of their first files
   * @throws ConfigurationException if a file cannot be read, or a needed column of it
   */
  public static List<NeededColumns> of(SparkSession spark, List<String> files, Choice choice) {
    List<String> messages = messages(spark, files, choice);
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      alike.computeIfAbsent(messages.get(i), message -> new ArrayList<>()).add(files.get(i));
    }
    return alike.entrySet().stream()
        .map(group -> new NeededColumns(group.getValue(), schema(group.getKey(), group.getValue())))
        .toList();
  }

  /** The needed columns of each file, as text, which travels. */
  private static List<String> messages(SparkSession spark, List<String> files, Choice choice) {
    if (files.size() <= FEW) {
      Configuration conf = spark.sparkContext().hadoopConfiguration();
      return files.stream().map(file -> message(conf, file, choice)).toList();
    }
    Broadcast<SerializableConfiguration> conf = Sessions.broadcastHadoopConfiguration(spark);
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(files, 1 + files.size() / FOOTERS_PER_TASK)
        .map(file -> message(conf.value().value(), file, choice))
        .collect();
  }

  private static String message(Configuration conf, String file, Choice choice) {
    Configuration plain = PathNames.plain(conf);
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), plain))) {
      MessageType all = reader.getFileMetaData().getSchema();
      List<String> needed = choice.of(file, all.getFields().stream().map(Type::getName).toList());
      Codecs.require(plain, file, reader.getRowGroups(), needed);
      return new MessageType("needed", needed.stream().map(all::getType).toList()).toString();
    } catch (ConfigurationException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // Parquet throws both of a file that is cut off
      throw new ConfigurationException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static StructType schema(String message, List<String> files) {
    ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(SQLConf.get());
    StructType schema = new StructType();
    for (Type column : MessageTypeParser.parseMessageType(message).getFields()) {
      try {
        schema = schema.add(converter.convert(new MessageType("one", column)).apply(0));
      } catch (Exception e) { // Spark throws checked exceptions without saying so
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "Column %s of %s is of a type that cannot be read: %s",
                column.getName(),
                files.get(0),
                column),
            e);
      }
    }
    return schema;
  }
}
