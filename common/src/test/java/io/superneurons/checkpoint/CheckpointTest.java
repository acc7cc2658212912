package io.superneurons.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private static final String INDEX = "model.safetensors.index.json";
  private static final String A =
      "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}";
  private static final String B =
      "{\"b\": {\"dtype\": \"BF16\", \"shape\": [3], \"data_offsets\": [0, 6]}}";

  @TempDir Path temp;

  @Test
  void aFolderSaysWhatItHolds() {
    Checkpoint checkpoint = Checkpoint.open(CheckpointFolder.in(temp).path());
    assertEquals("llava", checkpoint.config().requireString("model_type"));
    assertEquals(6, checkpoint.parameterCount());
    assertEquals(
        temp.toFile().listFiles(f -> f.getName().endsWith("rs"))[0].length(),
        checkpoint.fileBytes());
    assertEquals(Optional.empty(), checkpoint.generationConfig().map(Config::file));
    assertEquals(Optional.empty(), checkpoint.chatTemplate());
    assertTrue(checkpoint.processorConfig().isEmpty());
    assertThrows(CheckpointException.class, checkpoint::imageProcessorConfig);
    assertThrows(CheckpointException.class, checkpoint::tokenizerFile);
  }

  @Test
  void shardsAreOneModel() {
    sharded();
    Checkpoint checkpoint = Checkpoint.open(temp);
    assertEquals("[a, b]", checkpoint.tensors().keySet().toString());
    assertEquals(5, checkpoint.parameterCount());
    assertEquals(temp.resolve("2.safetensors"), checkpoint.tensors().get("b").file());
  }

  @Test
  void shardsThatDoNotFitAreRefused() {
    sharded().delete("2.safetensors");
    assertFails("The shard 2.safetensors is missing");
    sharded().safetensors("2.safetensors", A, new byte[8]);
    assertFails("Tensor b is not in");
    for (String outside :
        new String[] {
          "../x.safetensors", "/x.safetensors", "x\\\\y.safetensors", "a/b.safetensors", "x.bin"
        }) {
      sharded().write(INDEX, "{\"weight_map\": {\"a\": \"" + outside + "\"}}");
      assertFails("names the shard");
    }
    sharded().write(INDEX, "{\"weight_map\": {}}");
    assertFails("weight_map names no tensor");
    sharded().write(INDEX, "{\"weight_map\": {\"a\": 1}}");
    assertFails("weight_map.a must be a string");
  }

  @Test
  void aPickleIsRefusedWithAdvice() {
    CheckpointFolder.in(temp).delete("model.safetensors").write("pytorch_model.bin", "x");
    assertFails("pytorch_model.bin");
    assertFails("save_pretrained");
  }

  @Test
  void foldersOfOtherKindsAreCalledWhatTheyAre() throws IOException {
    Files.writeString(temp.resolve("adapter_config.json"), "{}");
    assertFails("is a PEFT adapter");
    assertFails("merge_and_unload");
    Files.delete(temp.resolve("adapter_config.json"));
    Path model = temp.resolve("models--org--tiny");
    Path snapshot = Files.createDirectories(model.resolve("snapshots/0123abcd"));
    assertFails("is a Hugging Face cache; give a model's snapshot in it, such as " + model);
    assertTrue(
        assertThrows(CheckpointException.class, () -> Checkpoint.open(model))
            .getMessage()
            .endsWith("give the snapshot in it, such as " + snapshot));
    Path other = Files.createDirectories(model.resolve("snapshots/9876"));
    Files.createDirectories(model.resolve("refs"));
    Files.writeString(model.resolve("refs/main"), "9876");
    assertTrue(
        assertThrows(CheckpointException.class, () -> Checkpoint.open(model))
            .getMessage()
            .endsWith(other.toString()));
    Path gguf = Files.createDirectories(temp.resolve("gguf"));
    Files.writeString(gguf.resolve("q4.gguf"), "GGUF");
    assertTrue(
        assertThrows(CheckpointException.class, () -> Checkpoint.open(gguf))
            .getMessage()
            .contains("holds GGUF files"));
  }

  @Test
  void foldersThatAreNoCheckpointAreRefused() {
    CheckpointFolder.in(temp).delete("model.safetensors");
    assertFails("No weights in");
    CheckpointFolder.in(temp).delete("config.json");
    assertFails("No config.json");
    CheckpointFolder.in(temp).write("config.json", "{\"a\": 1,\n}");
    assertFails("config.json as JSON");
    assertThrows(CheckpointException.class, () -> Checkpoint.open(temp.resolve("nope")));
  }

  @Test
  void theChatTemplateIsFoundWhereItMayBe() {
    CheckpointFolder folder = CheckpointFolder.in(temp);
    folder.write(
        "tokenizer_config.json",
        "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"t\"},"
            + " {\"name\": \"default\", \"template\": \"in a list\"}]}");
    assertEquals(Optional.of("in a list"), Checkpoint.open(temp).chatTemplate());
    folder.write("tokenizer_config.json", "{\"chat_template\": \"in tokenizer_config\"}");
    assertEquals(Optional.of("in tokenizer_config"), Checkpoint.open(temp).chatTemplate());
    folder.write("chat_template.jinja", "in jinja\n");
    assertEquals(Optional.of("in jinja\n"), Checkpoint.open(temp).chatTemplate());
    // from here on in the order of transformers' ProcessorMixin
    folder.write("chat_template.json", "{\"chat_template\": \"in json\"}");
    assertEquals(Optional.of("in json"), Checkpoint.open(temp).chatTemplate());
    folder.write("processor_config.json", "{\"chat_template\": \"in processor_config\"}");
    assertEquals(Optional.of("in processor_config"), Checkpoint.open(temp).chatTemplate());
  }

  /** As transformers 5.23 was seen to. */
  @Test
  void anOlderMapOfSpecialTokensGoesFirstWhereNoTokensAreListed() {
    CheckpointFolder folder = CheckpointFolder.in(temp);
    folder.write("special_tokens_map.json", "{\"bos_token\": \"<s>\", \"eos_token\": \"<e>\"}");
    assertEquals("<s>", Checkpoint.open(temp).tokenizerConfig().requireString("bos_token"));
    String own = "{\"eos_token\": \"</s>\", \"pad_token\": \"<pad>\"";
    folder.write("tokenizer_config.json", own + "}");
    assertEquals("<s>", Checkpoint.open(temp).tokenizerConfig().requireString("bos_token"));
    assertEquals("<e>", Checkpoint.open(temp).tokenizerConfig().requireString("eos_token"));
    assertEquals("<pad>", Checkpoint.open(temp).tokenizerConfig().requireString("pad_token"));
    folder.write("tokenizer_config.json", own + ", \"added_tokens_decoder\": {}}");
    assertFalse(Checkpoint.open(temp).tokenizerConfig().has("bos_token"));
    assertEquals("</s>", Checkpoint.open(temp).tokenizerConfig().requireString("eos_token"));
  }

  @Test
  void anAddedTokenIsFoundInBothFiles() {
    CheckpointFolder folder = CheckpointFolder.in(temp);
    folder.write(
        "tokenizer_config.json", "{\"added_tokens_decoder\": {\"7\": {\"content\": \"<a>\"}}}");
    assertEquals(OptionalLong.of(7), Checkpoint.open(temp).addedToken("<a>"));
    assertEquals(OptionalLong.empty(), Checkpoint.open(temp).addedToken("<b>"));
    folder.write("tokenizer.json", "{\"added_tokens\": [{\"id\": 9, \"content\": \"<b>\"}]}");
    assertEquals(OptionalLong.of(7), Checkpoint.open(temp).addedToken("<a>"));
    assertEquals(OptionalLong.of(9), Checkpoint.open(temp).addedToken("<b>"));
    assertEquals(OptionalLong.empty(), Checkpoint.open(temp).addedToken("<c>"));
  }

  @Test
  void theImageProcessorIsFoundInBothLayouts() {
    CheckpointFolder folder = CheckpointFolder.in(temp);
    folder.write("preprocessor_config.json", "{\"size\": 1}");
    assertEquals(1, Checkpoint.open(temp).imageProcessorConfig().requireInt("size"));
    folder.write("processor_config.json", "{\"image_processor\": {\"size\": 2}}");
    assertEquals(2, Checkpoint.open(temp).imageProcessorConfig().requireInt("size"));
  }

  @Test
  void aRequiredTensorIsThereInShapeAndType() {
    String header =
        "{\"model.layers.0.q.weight\": {\"dtype\": \"F32\", \"shape\": [2, 1],"
            + " \"data_offsets\": [0, 8]}, \"ids\": {\"dtype\": \"I64\", \"shape\": [1],"
            + " \"data_offsets\": [8, 16]}}";
    CheckpointFolder.in(temp).safetensors("model.safetensors", header, new byte[16]);
    Checkpoint checkpoint = Checkpoint.open(temp);
    assertEquals(8, checkpoint.requireTensor("model.layers.0.q.weight", 2, 1).bytes());
    String shape =
        assertThrows(
                CheckpointException.class,
                () -> checkpoint.requireTensor("model.layers.0.q.weight", 1, 2))
            .getMessage();
    assertTrue(shape.contains("[1, 2]") && shape.contains("[2, 1]"), shape);
    String near =
        assertThrows(
                CheckpointException.class, () -> checkpoint.requireTensor("layers.0.q.weight", 2))
            .getMessage();
    assertTrue(near.contains("model.layers.0.q.weight"), near);
    assertThrows(CheckpointException.class, () -> checkpoint.requireTensor("ids", 1));
  }

  @Test
  void theNameIsThatOfTheFolderOrTheCache() throws IOException {
    Path snapshot = temp.resolve("models--org--tiny-vlm/snapshots/0123abcd");
    Files.createDirectories(snapshot);
    assertEquals("org/tiny-vlm", Checkpoint.open(CheckpointFolder.in(snapshot).path()).name());
    Path plain = Files.createDirectory(temp.resolve("my-model"));
    assertEquals("my-model", Checkpoint.open(CheckpointFolder.in(plain).path()).name());
  }

  private CheckpointFolder sharded() {
    return CheckpointFolder.in(temp)
        .delete("model.safetensors")
        .safetensors("1.safetensors", A, new byte[8])
        .safetensors("2.safetensors", B, new byte[6])
        .write(INDEX, "{\"weight_map\": {\"b\": \"2.safetensors\", \"a\": \"1.safetensors\"}}");
  }

  private void assertFails(String part) {
    String message =
        assertThrows(CheckpointException.class, () -> Checkpoint.open(temp)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
