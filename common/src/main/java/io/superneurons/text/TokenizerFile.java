package io.superneurons.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tokenizer.json, and the tokens that it adds to its vocabulary: those are matched before
 * anything else, as a whole.
 *
 * @param json for the tokenizers library, with what tokenizer_config.json changes
 * @param added tokens
 */
record TokenizerFile(String json, List<AddedToken> added) {
  private static final long MAX_BYTES = 256L << 20;
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A token that stands for itself.
   *
   * @param id in the vocabulary
   * @param text what it matches
   * @param special whether decoding leaves it out
   */
  record AddedToken(long id, String text, boolean special) {
    /** Whether it is one byte of a text that the vocabulary lacks; such ids come from any text. */
    boolean isByte() {
      return text.matches("<0x[0-9A-F]{2}>");
    }
  }

  TokenizerFile {
    added = List.copyOf(added);
  }

  static TokenizerFile open(Checkpoint checkpoint) {
    Path file = checkpoint.tokenizerFile();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CheckpointException(file + " is too large for a tokenizer");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      JsonNode tree = MAPPER.readTree(text);
      if (!(tree instanceof ObjectNode object)) {
        throw new CheckpointException(file + " must hold a JSON object; download it again");
      }
      boolean changed = TokenizerPatches.apply(object, checkpoint.tokenizerConfig());
      return new TokenizerFile(
          changed ? MAPPER.writeValueAsString(object) : text, added(file, object));
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Cannot read %s as JSON: %s; download it again",
              file,
              e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new CheckpointException("Cannot read " + file + ": " + e, e);
    }
  }

  private static List<AddedToken> added(Path file, ObjectNode tree) {
    List<AddedToken> added = new ArrayList<>();
    for (JsonNode token : tree.path("added_tokens")) {
      JsonNode id = token.path("id");
      JsonNode content = token.path("content");
      if (!id.isIntegralNumber() || !content.isTextual()) {
        throw new CheckpointException(file + ": added_tokens has an entry without id or content");
      }
      boolean special = token.path("special").asBoolean(false);
      added.add(new AddedToken(id.longValue(), content.textValue(), special));
    }
    return added;
  }
}
