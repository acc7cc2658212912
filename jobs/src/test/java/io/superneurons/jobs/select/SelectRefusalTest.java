package io.superneurons.jobs.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.OddParquet;
import io.superneurons.jobs.SelectFixture;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.run.LockOwner;
import io.superneurons.jobs.run.RunLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of activations that other programs wrote, from which little or nothing can be chosen. */
class SelectRefusalTest {
  private static final String METADATA =
      """
      {"format": "superneurons-activations", "version": 1,
       "model": {"name": "tiny", "family": "llava", "fingerprint": "sha256:00"},
       "layers": 1, "sites": {"resid_post": 2}, "attention_heads": 1, "dtype": "float32",
       "compute_dtype": "float32", "token": "last_prompt", "prompt": {"prompt_suffix": ""},
       "image": {"processor": "x"}, "rows": 24, "errors": 0,
       "saturated": {"resid_post": 0}, "nan": {"resid_post": 0}}
      """;
  private static final String COLUMNS =
      "required binary id (STRING); required binary label (STRING);"
          + " optional binary image (STRING); optional binary l00_resid_post; ";
  private static final int ROWS = 24;
  private static final int CUT = 5;

  private static SparkSession spark;
  @TempDir private Path folder;
  @TempDir private Path results;

  @BeforeAll
  static void open() {
    spark = Sessions.open("select refusals");
    spark.conf().set("spark.sql.shuffle.partitions", "2");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void aFolderMayHaveAnyColumnsThatAreNotNeeded() throws IOException {
    write(
        "optional int64 x (TIMESTAMP(NANOS,false)); optional binary Label (STRING);",
        i -> telling(i));
    SelectFixture.select(spark, folder, output());
    assertEquals(
        List.of("no", "yes"),
        SelectFixture.read(output()).tasks().get(0).labels().stream().sorted().toList());
  }

  @Test
  void aFolderWithoutFilesOrWithBrokenOnesIsToldSo() throws IOException {
    Files.writeString(folder.resolve("_superneurons.json"), METADATA);
    assertTrue(refusal().contains("has no Parquet files"));
    Files.writeString(folder.resolve("part-0.parquet"), "PAR1");
    assertTrue(refusal().contains("Cannot read file:" + folder.resolve("part-0.parquet")));
  }

  @Test
  void neuronsOfOneValueAreRefusedWithTheTask() throws IOException {
    write("", i -> vector(1, 1));
    String message = refusal();
    assertTrue(message.contains("No neuron can be used on task default"), message);
  }

  @Test
  void aProbingRowOfNothingButNanIsRefusedWithTheTask() throws IOException {
    write("", i -> i == CUT ? vector(Float.NaN, Float.NaN) : telling(i));
    String message = refusal();
    assertTrue(message.contains("No neuron can be used on task default"), message);
    assertTrue(message.contains("NaN"), message);
  }

  @Test
  void aVectorThatIsCutIsRefusedWithItsRow() throws IOException {
    write("", i -> i == CUT ? Arrays.copyOf(telling(i), 5) : telling(i));
    String message = refusal();
    assertTrue(message.startsWith("Row 6 of file:"), message);
    assertTrue(message.contains("has 5 bytes in l00_resid_post, not the 8 bytes of 2"), message);
  }

  @Test
  void aVectorThatIsMissingIsRefusedWithItsRow() throws IOException {
    write("", i -> i == CUT ? null : telling(i));
    String message = refusal();
    assertTrue(message.startsWith("Row 6 of file:") && message.contains("has nothing"), message);
  }

  @Test
  void aRunThatDidNotEndIsToldAndOneThatIsNotOverIsRefused() throws IOException {
    write("", i -> telling(i));
    String first = SelectFixture.select(spark, folder, results.resolve("first"));
    assertFalse(first.contains("did not end"), first);
    Files.writeString(folder.resolve("_run.json"), "{}");
    Path lock = folder.resolve(RunLock.FILE_NAME);
    Files.writeString(lock, LockOwner.self(Instant.now()).toJson());
    String message = refusal();
    assertTrue(message.startsWith(folder + " is being written by a run of "), message);
    Instant longAgo = Instant.now().minusSeconds(3600);
    Files.writeString(lock, LockOwner.self(longAgo).toJson()); // of a run that was killed
    String told = SelectFixture.select(spark, folder, results.resolve("left"));
    assertTrue(told.contains("the run that wrote " + folder + " did not end"), told);
    Files.createFile(folder.resolve("_SUCCESS"));
    told = SelectFixture.select(spark, folder, results.resolve("whole"));
    assertFalse(told.contains("did not end"), told);
  }

  /** The first neuron tells the label; the second tells nothing, but is not constant. */
  private static byte[] telling(int row) {
    return vector(row % 2 == 0 ? row : -row, row % 3);
  }

  private static byte[] vector(float first, float second) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(first)
        .putFloat(second)
        .array();
  }

  private void write(String more, IntFunction<byte[]> vectors) throws IOException {
    Files.writeString(folder.resolve("_superneurons.json"), METADATA);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String label = i % 2 == 0 ? "yes" : "no";
      byte[] vector = vectors.apply(i);
      Map<String, Object> row = Map.of("id", "r" + i, "image", i + ".png", "label", label);
      rows.add(vector == null ? row : with(row, vector));
    }
    OddParquet.write(folder.resolve("part-0.parquet"), COLUMNS + more, rows);
  }

  private static Map<String, Object> with(Map<String, Object> row, byte[] vector) {
    Map<String, Object> all = new HashMap<>(row);
    all.put("l00_resid_post", vector);
    return all;
  }

  private Path output() {
    return results.resolve("of");
  }

  private String refusal() {
    Path output = output();
    String message =
        assertThrows(
                ConfigurationException.class,
                () -> SelectFixture.select(spark, folder, output, "--split-by", "column"))
            .getMessage();
    assertTrue(Files.notExists(output.resolve("superneurons.json")), "nothing is written");
    return message;
  }
}
