package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.pass.Effort;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.jobs.wave.WaveWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is done only when it holds what was counted, and nothing besides. */
class FolderFilesTest {
  private static final MessageType COLUMNS = ParquetRows.schema("rows", List.of("id"), List.of());
  private static final ResultFiles PLACES =
      new ResultFiles(COLUMNS, "", COLUMNS, OutputFolder.ERRORS);
  private static final String OTHER_RUN = "0123456789ab";

  @TempDir private Path temp;
  private final Configuration conf = new Configuration(false);
  private Path folder;
  private OutputFolder output;
  private RunLock lock;

  @BeforeEach
  void lock() throws IOException {
    folder = temp.resolve("out");
    output = OutputFolder.check(conf, folder.toString(), Existing.RESUME);
    lock = RunLock.acquire(output);
  }

  @AfterEach
  void unlock() throws IOException {
    lock.close();
  }

  @Test
  void aWaveIsDoneWhenItsFilesHoldItsRows() throws IOException {
    FolderFiles files = begin();
    write("part-00000-00000-" + lock.run(), 3);
    write("part-00000-00001-" + lock.run(), 2);
    write("part-00001-00000-" + lock.run(), 9);
    files.committed(0, PLACES, rows(5));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> files.committed(1, PLACES, rows(10)));
    assertTrue(e.getMessage().contains("10 rows done"), e.getMessage());
    assertTrue(e.getMessage().contains("hold 9"), e.getMessage());
  }

  @Test
  void theFileOfARunThatLostTheLockIsTakenAway() throws IOException {
    write("part-00000-00000-aaaaaaaaaaaa", 3);
    FolderFiles files = begin();
    write("part-00001-00000-" + lock.run(), 3);
    files.committed(1, PLACES, rows(3));
    Path stray = write("part-00001-00000-" + OTHER_RUN, 3);
    files.requireExact();
    assertFalse(Files.exists(stray));
    assertEquals(2, output.dataFiles().size(), "earlier files and this run's stay");
  }

  @Test
  void nothingIsTakenAwayAfterTheLockIsLost() throws IOException {
    FolderFiles files = begin();
    Path successors = write("part-00000-00000-" + OTHER_RUN, 3);
    Files.writeString(folder.resolve(RunLock.FILE_NAME), LockOwner.self(Instant.now()).toJson());
    assertThrows(IllegalStateException.class, files::requireExact);
    assertTrue(Files.exists(successors));
  }

  @Test
  void aFileThatIsGoneOrChangedOrOfAnotherProgramIsAFailure() throws IOException {
    Path first = write("part-00000-00000-aaaaaaaaaaaa", 3);
    FolderFiles files = begin();
    assertDoesNotThrow(files::requireExact);
    byte[] content = Files.readAllBytes(first);
    Files.writeString(first, "other");
    assertRefused(files, "something else writes to the folder");
    Files.delete(first);
    assertRefused(files, "1 files of rows are gone");
    Files.write(first, content);
    Path foreign = write("part-7", 1);
    assertRefused(files, "holds rows of another program");
    assertTrue(Files.exists(foreign), "it may be somebody's work");
  }

  private static void assertRefused(FolderFiles files, String reason) {
    IllegalStateException e = assertThrows(IllegalStateException.class, files::requireExact);
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private FolderFiles begin() throws IOException {
    return FolderFiles.begin(output, lock, EarlierFiles.in(output, ""));
  }

  private static RowCounts rows(long rows) {
    return new RowCounts(rows, Map.of(), Map.of(), Map.of(), null, Map.of(), Effort.NONE, 0);
  }

  /** A file without Hadoop's checksum beside it, as tests change it. */
  private Path write(String name, int rows) throws IOException {
    Path file = folder.resolve(name + ".parquet");
    String counts =
        String.format(
            Locale.ROOT, "{\"rows\": %d, \"errors\": {}, \"saturated\": {}, \"nan\": {}}", rows);
    try (ParquetWriter<Object[]> writer =
        ParquetRows.open(
            conf,
            new org.apache.hadoop.fs.Path(file.toUri()),
            COLUMNS,
            () -> Map.of(WaveWriter.COUNTS, counts))) {
      for (int row = 0; row < rows; row++) {
        writer.write(new Object[] {"row" + row});
      }
    }
    Files.deleteIfExists(folder.resolve("." + file.getFileName() + ".crc"));
    return file;
  }
}
