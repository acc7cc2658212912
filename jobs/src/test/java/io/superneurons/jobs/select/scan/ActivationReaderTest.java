package io.superneurons.jobs.select.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.OddParquet;
import io.superneurons.jobs.select.rows.FileRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationReaderTest {
  private static final LayerSite COLUMN = new LayerSite(0, Site.ATTN_Z);
  private static final int ROWS = 40;

  @TempDir private Path folder;

  /**
   * As other programs write them: rows without a label need no vector.
   *
   * @param values so few that the file has a dictionary of them, or one for each row
   */
  @ParameterizedTest
  @ValueSource(ints = {3, ROWS})
  void aRowWithoutAVectorLeavesTheNextRowItsOwn(int values) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    int[] targets = new int[ROWS];
    List<Integer> expected = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      byte value = (byte) (row % values);
      boolean hasVector = row % 4 != 1;
      boolean isWanted = hasVector && row % 5 != 0;
      rows.add(hasVector ? Map.of(COLUMN.column(), new byte[] {value, 0}) : Map.of());
      targets[row] = isWanted ? row : FileRows.UNWANTED;
      if (isWanted) {
        expected.add((int) value);
      }
    }
    Path file = folder.resolve("activations.parquet");
    OddParquet.write(file, "optional binary " + COLUMN.column() + ";", rows);
    assertEquals(expected, read(new FileRows(file.toUri().toString(), targets)));
  }

  private static List<Integer> read(FileRows rows) throws IOException {
    Configuration hadoop = new Configuration();
    ScannedFile file = new ScannedFile(rows, FileChunks.read(rows.path(), List.of(COLUMN), hadoop));
    List<Integer> read = new ArrayList<>();
    new ActivationReader(List.of(file), StoreDType.FLOAT16, hadoop)
        .read(
            List.of(
                new ActivationReader.Wanted(
                    COLUMN, 1, (row, scalars) -> read.add((int) scalars.get(0)))));
    return read;
  }
}
