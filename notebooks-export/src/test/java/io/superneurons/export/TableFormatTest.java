package io.superneurons.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFormatTest {
  @TempDir private Path folder;

  @Test
  void textsAreNoFormulasInCsvAndElseAsTheyAre() throws IOException {
    List<Row> rows =
        Stream.of(
                "=1+1|a",
                "+x",
                "@SUM(A1)",
                "-yes",
                "\tx",
                "-1",
                "+2.5e3",
                "a=b",
                " a ",
                " =1+1",
                null)
            .map(text -> RowFactory.create(text, -0.5))
            .toList();
    StructType schema =
        new StructType().add("label", DataTypes.StringType).add("value", DataTypes.DoubleType);
    Path csv = folder.resolve("csv");
    try (SparkSession spark = Sessions.open("csv")) {
      TableFormat.CSV.write(spark.createDataFrame(rows, schema).coalesce(1), csv.toString());
    }
    try (Stream<Path> files = Files.list(csv)) {
      Path file = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
      assertEquals(
          List.of(
              "label,value",
              "'=1+1|a,-0.5",
              "'+x,-0.5",
              "'@SUM(A1),-0.5",
              "'-yes,-0.5",
              "'\tx,-0.5",
              "-1,-0.5",
              "+2.5e3,-0.5",
              "a=b,-0.5",
              " a ,-0.5",
              "' =1+1,-0.5",
              ",-0.5"),
          Files.readAllLines(file));
    }
  }
}
