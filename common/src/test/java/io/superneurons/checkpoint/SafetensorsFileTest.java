package io.superneurons.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsFileTest {
  private static final String NAME = "model.safetensors";

  @TempDir Path temp;

  @Test
  void offsetsCountFromTheFilesStart() {
    String header =
        "{\"__metadata__\": {\"format\": \"pt\"}, \"b\": "
            + tensor("F32", "[2, 3]", "[8, 32]")
            + ", \"a\": "
            + tensor("BF16", "[4]", "[0, 8]")
            + ", \"scalar\": "
            + tensor("I64", "[]", "[32, 40]")
            + ", \"empty\": "
            + tensor("F16", "[0, 7]", "[40, 40]")
            + "}   ";
    SafetensorsFile file = read(header, 40);
    long data = 8 + header.length();
    assertEquals("[a, b, empty, scalar]", file.tensors().keySet().toString());
    TensorInfo b = file.tensors().get("b");
    assertEquals(new TensorInfo("b", DType.FLOAT32, new long[] {2, 3}, path(), data + 8, 24), b);
    assertEquals(6, b.elementCount());
    assertEquals(1, file.tensors().get("scalar").elementCount());
    assertEquals(0, file.tensors().get("empty").elementCount());
    assertEquals(data + 40, file.state().bytes());
  }

  @Test
  void aTensorsShapeCannotBeChangedFromOutside() {
    TensorInfo tensor =
        read("{\"a\": " + tensor("F32", "[2]", "[0, 8]") + "}", 8).tensors().get("a");
    tensor.shape()[0] = 99;
    assertArrayEquals(new long[] {2}, tensor.shape());
  }

  @Test
  void filesAboveTwoGibibytesAreRead() throws IOException {
    long bytes = 3L << 30;
    String header =
        "{\"a\": "
            + tensor("F32", "[1]", "[0, 4]")
            + ", \"z\": "
            + tensor("U8", "[4]", String.format(Locale.ROOT, "[%d, %d]", bytes - 4, bytes))
            + "}";
    writeSparse(header, bytes);
    TensorInfo last = SafetensorsFile.open(path()).tensors().get("z");
    assertEquals(8 + header.length() + bytes - 4, last.offset());
  }

  static Stream<Arguments> contradictions() {
    return Stream.of(
        Arguments.of("past the end", tensor("F32", "[2, 3]", "[0, 24]"), 20),
        Arguments.of("far past the end", tensor("F32", "[4]", "[9000000000, 9000000016]"), 24),
        Arguments.of("overflowing offset", tensor("U8", "[1]", "[0, 9223372036854775807]"), 24),
        Arguments.of("beyond a long", tensor("U8", "[1]", "[0, 99999999999999999999]"), 24),
        Arguments.of("negative begin", tensor("F32", "[7]", "[-4, 24]"), 24),
        Arguments.of("begin after end", tensor("F32", "[2]", "[16, 8]"), 24),
        Arguments.of("fractional offset", tensor("F32", "[2]", "[0.5, 8.5]"), 24),
        Arguments.of("three offsets", tensor("F32", "[2]", "[0, 8, 9]"), 24),
        Arguments.of("no offsets", "{\"dtype\": \"F32\", \"shape\": [2]}", 24),
        Arguments.of("no shape", "{\"dtype\": \"F32\", \"data_offsets\": [0, 8]}", 24),
        Arguments.of("no type", "{\"shape\": [2], \"data_offsets\": [0, 8]}", 24),
        Arguments.of("wrong byte count", tensor("F32", "[2, 3]", "[0, 20]"), 24),
        Arguments.of("wrong byte count for type", tensor("F16", "[2, 3]", "[0, 24]"), 24),
        Arguments.of("negative size", tensor("F32", "[-2, -3]", "[0, 24]"), 24),
        Arguments.of(
            "overflowing shape", tensor("F32", "[4611686018427387904, 4, 0]", "[0, 0]"), 24),
        Arguments.of("not an object", "[1, 2]", 24));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void contradictionsNameTensorAndFile(String name, String tensor, int dataBytes) {
    String message = fails("{\"layers.0.w\": " + tensor + "}", dataBytes);
    assertTrue(message.contains("layers.0.w"), message);
    assertTrue(message.contains(NAME), message);
  }

  @Test
  void overlapNamesBothTensors() {
    String header =
        "{\"a\": "
            + tensor("F32", "[4]", "[0, 16]")
            + ", \"b\": "
            + tensor("F32", "[3]", "[12, 24]")
            + "}";
    String message = fails(header, 24);
    assertTrue(message.contains("tensor b") && message.contains("tensor a"), message);
  }

  @Test
  void theSameNameTwiceIsRefused() {
    String one = "\"a\": " + tensor("F32", "[2]", "[0, 8]");
    String message = fails("{" + one + ", " + one + "}", 8);
    assertTrue(message.contains("Duplicate"), message);
  }

  @Test
  void whatIsNoHeaderIsRefused() {
    for (String header : new String[] {"[]", "{\"a\":", "{} x", "\0\0\0", "{}}", "nonsense"}) {
      assertTrue(fails(header, 0).contains(NAME), header);
    }
    StringBuilder deep = new StringBuilder();
    fails(deep.append("{\"a\":".repeat(2000)).append("1").append("}".repeat(2000)).toString(), 0);
  }

  @Test
  void lyingHeaderLengthsAreRefused() {
    for (long length : new long[] {0, 1, 3_000, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      CheckpointFolder.in(temp).safetensors(NAME, length, "{}", new byte[100]);
      CheckpointException error =
          assertThrows(CheckpointException.class, () -> SafetensorsFile.open(path()));
      assertTrue(error.getMessage().contains(NAME), error.getMessage());
    }
  }

  @Test
  void shortFilesAreRefused() {
    for (int length : new int[] {0, 1, 7}) {
      CheckpointFolder.in(temp).write(NAME, new byte[length]);
      assertThrows(CheckpointException.class, () -> SafetensorsFile.open(path()));
    }
  }

  @Test
  void aGitLfsPointerIsRecognised() {
    CheckpointFolder.in(temp)
        .write(NAME, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    CheckpointException error =
        assertThrows(CheckpointException.class, () -> SafetensorsFile.open(path()));
    assertTrue(error.getMessage().contains("git lfs pull"), error.getMessage());
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return String.format(
        Locale.ROOT,
        "{\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": %s}",
        dtype,
        shape,
        offsets);
  }

  private String fails(String header, int dataBytes) {
    return assertThrows(CheckpointException.class, () -> read(header, dataBytes), header)
        .getMessage();
  }

  private SafetensorsFile read(String header, int dataBytes) {
    CheckpointFolder.in(temp).safetensors(NAME, header, new byte[dataBytes]);
    return SafetensorsFile.open(path());
  }

  /** Makes the file longer without writing it: the file system keeps the hole. */
  private void writeSparse(String header, long length) throws IOException {
    CheckpointFolder.in(temp).safetensors(NAME, header, new byte[4]);
    try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
      file.setLength(8 + header.getBytes(StandardCharsets.UTF_8).length + length);
    }
  }

  private Path path() {
    return temp.resolve(NAME);
  }
}
