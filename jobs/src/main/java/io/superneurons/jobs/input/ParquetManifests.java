package io.superneurons.jobs.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.PathNames;
import io.superneurons.jobs.parquet.NeededColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Reads manifests in Parquet. The image is a path, the bytes of a file, or Hugging Face datasets'
 * {@code struct<bytes, path>} with either of them null.
 */
final class ParquetManifests {
  private static final String FILE = "__file";
  private static final String NUMBER = "__row";

  private ParquetManifests() {}

  /** Reads files with whatever columns beside those of fields, each file by its own types. */
  static Dataset<Row> read(SparkSession spark, List<InputFile> files, RowParser parser) {
    FieldColumns fields = parser.columns();
    List<NeededColumns> groups =
        NeededColumns.of(
            spark,
            files.stream().map(InputFile::path).toList(),
            (file, columns) -> {
              fields.require(columns, file);
              return fields.among(columns);
            });
    return groups.stream()
        .map(group -> read(spark, group, parser))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private static Dataset<Row> read(SparkSession spark, NeededColumns group, RowParser parser) {
    Dataset<Row> table =
        PathNames.plainReader(spark)
            .schema(group.schema())
            .parquet(group.files().toArray(String[]::new));
    List<String> columns = Arrays.asList(table.columns());
    String image = parser.columns().of(FieldColumns.IMAGE, columns::contains).orElseThrow();
    Stream<Column> used =
        columns.stream().map(name -> column(table, name, name.equals(image), group.files().get(0)));
    Stream<Column> places =
        Stream.of(col("_metadata.file_path").as(FILE), col("_metadata.row_index").as(NUMBER));
    return table
        .select(Stream.concat(used, places).toArray(Column[]::new))
        .map(
            (MapFunction<Row, Row>)
                row -> place(row).row(parser.parse(new ParquetRecord(row), place(row))),
            Encoders.row(Place.PLACED_ROWS));
  }

  private static Column column(Dataset<Row> table, String name, boolean image, String file) {
    DataType type = table.schema().apply(name).dataType();
    Column column = table.col("`" + name.replace("`", "``") + "`");
    if (image ? isImage(type) : !isNested(type)) {
      if (image) {
        return column;
      }
      boolean mayBeNan = type instanceof DoubleType || type instanceof FloatType;
      Column known = mayBeNan ? when(not(isnan(column)), column) : column;
      return known.cast(DataTypes.StringType).as(name);
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "Column %s of %s is %s; it must be %s",
            name,
            file,
            type.simpleString(),
            image ? "a string, binary or struct<bytes, path>" : "a string, number or boolean"));
  }

  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  private static boolean isImage(DataType type) {
    if (type instanceof StructType struct) {
      List<String> names = Arrays.asList(struct.fieldNames());
      return names.contains("bytes") || names.contains("path");
    }
    return type instanceof StringType || type instanceof BinaryType;
  }

  private static Place place(Row row) {
    return new Place(PathNames.ofUri(row.getAs(FILE)), "row", row.<Long>getAs(NUMBER) + 1);
  }

  /** A record of typed columns; only those of the manifest's fields were read. */
  private record ParquetRecord(Row row) implements ManifestRecord {
    @Override
    public boolean has(String column) {
      return Arrays.asList(row.schema().fieldNames()).contains(column);
    }

    @Override
    public String text(String column) {
      return row.getAs(column);
    }

    @Override
    public ImageCell image(String column) throws BadRowException {
      Object value = row.getAs(column);
      if (value == null) {
        return null;
      }
      if (value instanceof byte[] bytes) {
        return new ImageCell(null, bytes);
      }
      if (value instanceof Row struct) {
        return new ImageCell(field(struct, "path"), field(struct, "bytes"));
      }
      return ImageCell.ofText((String) value);
    }

    private static <T> T field(Row struct, String name) {
      List<String> names = Arrays.asList(struct.schema().fieldNames());
      return names.contains(name) ? struct.getAs(name) : null;
    }
  }
}
