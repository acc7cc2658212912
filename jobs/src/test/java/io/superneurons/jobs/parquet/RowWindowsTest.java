package io.superneurons.jobs.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that src/test/python/manifest_fixtures.py wrote: row i holds i bytes of i. */
class RowWindowsTest {
  private static final int ROWS = 100;
  private static final Configuration CONF = new Configuration();

  @ParameterizedTest
  @ValueSource(strings = {"paged.parquet", "paged-dictionary.parquet"})
  void rowsOfGivenNumbersAreThoseOfTheFile(String file) throws IOException {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    for (long window : new long[] {1, 500, RowWindows.WINDOW_BYTES}) {
      requireRows(file, window, numbers);
    }
    Collections.shuffle(numbers, new Random(5));
    requireRows(file, 1, numbers);
  }

  private static void requireRows(String file, long window, List<Integer> numbers)
      throws IOException {
    try (RowWindows rows = RowWindows.open(CONF, path(file), schema -> schema, window)) {
      for (int number : numbers) {
        requireRow(number, rows.row(number));
        assertEquals(number, rows.row());
      }
      assertThrows(IOException.class, () -> rows.row(ROWS));
    }
  }

  private static void requireRow(int number, Group row) {
    byte[] expected = new byte[number];
    Arrays.fill(expected, (byte) number);
    Group image = row.getGroup("image", 0);
    assertArrayEquals(expected, image.getBinary("bytes", 0).getBytes());
    assertEquals(number + ".png", image.getString("path", 0));
  }

  @Test
  void rowsFollowEachOtherWithTheirNumbers() throws IOException {
    try (RowWindows rows = RowWindows.open(CONF, path("paged.parquet"), schema -> schema)) {
      for (int i = 0; i < ROWS; i++) {
        requireRow(i, rows.next());
        assertEquals(i, rows.row());
      }
      assertNull(rows.next());
    }
  }

  @Test
  void stretchesOfAFileHaveEachRowOnce() throws IOException {
    long length =
        path("paged.parquet").getFileSystem(CONF).getFileStatus(path("paged.parquet")).getLen();
    List<Long> numbers = new ArrayList<>();
    for (long start = 0; start < length; start += 1000) {
      try (RowWindows rows =
          RowWindows.open(CONF, path("paged.parquet"), schema -> schema)
              .within(start, start + 1000)) {
        for (Group row = rows.next(); row != null; row = rows.next()) {
          requireRow((int) rows.row(), row);
          numbers.add(rows.row());
        }
      }
    }
    assertEquals(IntStream.range(0, ROWS).mapToObj(i -> (long) i).toList(), numbers);
  }

  @Test
  void pagesAreFoundThoughTheirWriterWroteNoIndex() throws IOException {
    org.apache.hadoop.fs.Path path = path("paged.parquet");
    try (PagedFile file =
        PagedFile.open(path.getFileSystem(CONF), path, HadoopReadOptions.builder(CONF).build())) {
      file.setRequestedSchema(file.getFileMetaData().getSchema());
      file.getRowGroups()
          .forEach(
              group ->
                  group
                      .getColumns()
                      .forEach(column -> assertNull(column.getOffsetIndexReference())));
      assertTrue(file.largestColumn(1).getPageCount() > 5, "several pages");
    }
  }

  private static org.apache.hadoop.fs.Path path(String file) {
    Path local = Path.of("src/test/resources/manifests").resolve(file).toAbsolutePath();
    return new org.apache.hadoop.fs.Path(local.toUri());
  }
}
