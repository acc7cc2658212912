package io.superneurons.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.checkpoint.CheckpointFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen", "patched"})
  void idsAndTextsAreHuggingFaces(String name) {
    try (Tokenizer tokenizer = open(name)) {
      for (JsonNode expected : Fixtures.json(name + "/cases.json")) {
        String text = expected.get("text").asText();
        long[] ids = tokenizer.encode(text);
        assertArrayEquals(Fixtures.ids(expected.get("ids")), ids, text);
        assertEquals(expected.get("decoded").asText(), tokenizer.decode(ids), text);
      }
    }
  }

  @Test
  void longTextsAreNotCut() {
    try (Tokenizer tokenizer = open("qwen")) {
      assertTrue(tokenizer.encode("図".repeat(20_000)).length >= 20_000);
    }
  }

  @Test
  void threadsShareOne() {
    try (Tokenizer tokenizer = open("llama")) {
      long[] alone = tokenizer.encode("Is there a dog?");
      List<long[]> together =
          IntStream.range(0, 400)
              .parallel()
              .mapToObj(i -> tokenizer.encode("Is there a dog?"))
              .toList();
      together.forEach(ids -> assertArrayEquals(alone, ids));
    }
  }

  @Test
  void halfASurrogatePairIsRefused() {
    try (Tokenizer tokenizer = open("qwen")) {
      assertThrows(TextException.class, () -> tokenizer.encode("a\ud83d b"));
    }
  }

  @Test
  void addedTokensHaveIds() {
    try (Tokenizer tokenizer = open("llama")) {
      assertEquals(OptionalLong.of(1), tokenizer.idOf("<s>"));
      assertEquals(OptionalLong.empty(), tokenizer.idOf("<video>"));
      assertEquals(Set.of("<unk>", "<s>", "</s>", "<image>", "<pad>"), tokenizer.specialTokens());
      assertEquals("</s>", tokenizer.namedTokens().get("eos_token"));
    }
    try (Tokenizer tokenizer = open("qwen")) {
      assertFalse(tokenizer.specialTokens().contains("<tool_call>"));
      assertTrue(tokenizer.idOf("<tool_call>").isPresent());
    }
  }

  @Test
  void theEndOfAnAnswerIsNamedByTheFirstFileThatDoes() {
    assertArrayEquals(new int[] {2}, eosIds("{}"));
    assertArrayEquals(new int[] {9}, eosIds("{\"text_config\": {\"eos_token_id\": 9}}"));
    assertArrayEquals(new int[] {7}, eosIds("{\"eos_token_id\": 7}"));
    folder("llama").write("generation_config.json", "{\"eos_token_id\": [5, 6]}");
    try (Tokenizer tokenizer = Tokenizer.open(Checkpoint.open(temp))) {
      assertArrayEquals(new int[] {5, 6}, tokenizer.eosIds());
    }
  }

  private int[] eosIds(String config) {
    folder("llama").write("config.json", config);
    try (Tokenizer tokenizer = Tokenizer.open(Checkpoint.open(temp))) {
      return tokenizer.eosIds();
    }
  }

  @Test
  void damagedFilesAreNamed() {
    for (String json : List.of("{", "[]", "{}", "{\"added_tokens\": [{\"id\": 1}]}")) {
      folder("qwen").write("tokenizer.json", json);
      Checkpoint checkpoint = Checkpoint.open(temp);
      CheckpointException error =
          assertThrows(CheckpointException.class, () -> Tokenizer.open(checkpoint), json);
      assertTrue(error.getMessage().contains("tokenizer.json"), error.getMessage());
    }
    folder("qwen").delete("tokenizer.json");
    Checkpoint checkpoint = Checkpoint.open(temp);
    assertThrows(CheckpointException.class, () -> Tokenizer.open(checkpoint));
  }

  private CheckpointFolder folder(String name) {
    return Fixtures.folder(temp, name);
  }

  private Tokenizer open(String name) {
    return Tokenizer.open(Checkpoint.open(folder(name).path()));
  }
}
