package io.superneurons.export;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files that a table is written to. */
enum TableFormat {
  PARQUET {
    @Override
    void write(Dataset<Row> table, String folder) {
      table.write().parquet(folder);
    }
  },

  /** With a header; quotes are doubled, as pandas, DuckDB and spreadsheets expect. */
  CSV {
    @Override
    void write(Dataset<Row> table, String folder) {
      table.write().option("header", true).option("escape", "\"").csv(folder);
    }
  };

  /** Writes the table into a new folder. */
  abstract void write(Dataset<Row> table, String folder);
}
