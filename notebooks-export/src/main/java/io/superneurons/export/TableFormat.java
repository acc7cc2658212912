package io.superneurons.export;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** The files that a table is written to. */
enum TableFormat {
  PARQUET {
    @Override
    void write(Dataset<Row> table, String folder) {
      table.write().parquet(folder);
    }
  },

  /**
   * With a header; quotes are doubled, as pandas, DuckDB and spreadsheets expect. Texts keep the
   * spaces around them; those that a spreadsheet would run as a formula begin with an apostrophe.
   */
  CSV {
    @Override
    void write(Dataset<Row> table, String folder) {
      Column[] cells =
          Arrays.stream(table.schema().fields()).map(TableFormat::cell).toArray(Column[]::new);
      table
          .select(cells)
          .write()
          .option("header", true)
          .option("escape", "\"")
          .option("ignoreLeadingWhiteSpace", false)
          .option("ignoreTrailingWhiteSpace", false)
          .csv(folder);
    }
  };

  /** What a spreadsheet takes for the start of a formula; some pass over spaces before it. */
  private static final String FORMULA = "^ *[=+@\\-\t\r]";

  private static final String NUMBER = "[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?";

  /** One number, or several as flat columns have them. */
  private static final String NUMBERS = "^" + NUMBER + "(;" + NUMBER + ")*$";

  /** Writes the table into a new folder. */
  abstract void write(Dataset<Row> table, String folder);

  private static Column cell(StructField field) {
    Column cell = col(field.name());
    if (!field.dataType().equals(DataTypes.StringType)) {
      return cell;
    }
    Column isFormula = cell.rlike(FORMULA).and(cell.rlike(NUMBERS).equalTo(false));
    return when(isFormula, concat(lit("'"), cell)).otherwise(cell).as(field.name());
  }
}
