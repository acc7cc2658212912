package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row of an id is the latest follows from the folder that has its file. */
class EarlierTableTest {
  @ParameterizedTest
  @CsvSource({
    "file:/out/run_date=2026-03-01/part-0.parquet, 2026-03-01",
    "file:/all/run_date=2020-01-01/out/run_date=2026-03-02/part-0.parquet, 2026-03-02",
    "s3a://bucket/run_date=2026-03-03/part-0.parquet, 2026-03-03",
  })
  void theFolderOfTheFileSaysItsDate(String file, String date) {
    assertEquals(date, EarlierTable.date(file));
  }

  @Test
  void aDateAboveTheOutputFolderIsNoRowsDate() {
    assertEquals("", EarlierTable.date("file:/all/run_date=2020-01-01/out/part-0.parquet"));
  }
}
