package io.superneurons.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private static final int BYTES = 4000;

  @TempDir Path temp;

  private String original;

  @BeforeEach
  void write() {
    original = fingerprint(folder(new byte[2 * BYTES]));
  }

  @Test
  void itIsASha256() {
    assertTrue(original.matches("sha256:[0-9a-f]{64}"), original);
    assertEquals(original, fingerprint(folder(new byte[2 * BYTES])));
  }

  @Test
  void howTheModelWasSavedDoesNotCount() {
    assertEquals(
        original,
        fingerprint(
            folder(new byte[2 * BYTES])
                .write(
                    "config.json",
                    "{\"dtype\": \"bfloat16\", \"transformers_version\": \"9\", \"b\":"
                        + " {\"d\": [1, 2], \"c\": 2},\n \"a\": 1, \"_name_or_path\": \"x\"}")));
    CheckpointFolder shards =
        same()
            .delete("model.safetensors")
            .safetensors("1.safetensors", header("x"), new byte[BYTES])
            .safetensors("2.safetensors", header("y"), new byte[BYTES])
            .write(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"x\": \"1.safetensors\", \"y\": \"2.safetensors\"}}");
    assertEquals(original, fingerprint(shards));
  }

  @Test
  void whatChangesActivationsCounts() {
    for (int changed : new int[] {0, 63, BYTES / 2, BYTES - 1, BYTES, 2 * BYTES - 1}) {
      byte[] data = new byte[2 * BYTES];
      data[changed] = 1;
      assertNotEquals(original, fingerprint(folder(data)), "byte " + changed);
    }
    assertNotEquals(original, fingerprint(same().write("config.json", "{\"a\": 1}")));
    assertNotEquals(original, fingerprint(same().write("tokenizer.json", "{ }")));
    assertNotEquals(original, fingerprint(same().write("chat_template.jinja", "other")));
    assertNotEquals(
        original, fingerprint(same().write("preprocessor_config.json", "{\"size\": 2}")));
  }

  private CheckpointFolder same() {
    return folder(new byte[2 * BYTES]);
  }

  private CheckpointFolder folder(byte[] data) {
    String header = String.format(Locale.ROOT, "{\"x\": %s, \"y\": %s}", tensor(0), tensor(BYTES));
    return CheckpointFolder.in(temp)
        .safetensors("model.safetensors", header, data)
        .write("config.json", "{\"a\": 1, \"b\": {\"c\": 2, \"d\": [1, 2]}}")
        .write("tokenizer.json", "{}")
        .write("chat_template.jinja", "template")
        .write("preprocessor_config.json", "{\"size\": 1}");
  }

  private static String header(String name) {
    return "{\"" + name + "\": " + tensor(0) + "}";
  }

  private static String tensor(int offset) {
    return String.format(
        Locale.ROOT,
        "{\"dtype\": \"F32\", \"shape\": [10, 100], \"data_offsets\": [%d, %d]}",
        offset,
        offset + BYTES);
  }

  private static String fingerprint(CheckpointFolder folder) {
    return Checkpoint.open(folder.path()).fingerprint();
  }
}
