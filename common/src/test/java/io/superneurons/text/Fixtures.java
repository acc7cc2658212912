package io.superneurons.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointFolder;
import io.superneurons.text.Message.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code src/test/python/text_fixtures.py} wrote. */
final class Fixtures {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Fixtures() {}

  static String text(String name) {
    try (InputStream stream = Fixtures.class.getResourceAsStream("/text/" + name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String name) {
    try {
      return MAPPER.readTree(text(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long[] ids(JsonNode array) {
    return MAPPER.convertValue(array, long[].class);
  }

  /** A checkpoint folder with one of the tokenizers and a chat template. */
  static Checkpoint checkpoint(Path folder, String tokenizer, String template) {
    return Checkpoint.open(folder(folder, tokenizer).write("chat_template.jinja", template).path());
  }

  static CheckpointFolder folder(Path folder, String tokenizer) {
    return CheckpointFolder.in(folder)
        .write("tokenizer.json", text(tokenizer + "/tokenizer.json"))
        .write("tokenizer_config.json", text(tokenizer + "/tokenizer_config.json"));
  }

  static List<Message> messages(JsonNode array) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : array) {
      List<Content> content = new ArrayList<>();
      for (JsonNode part : message.get("content")) {
        content.add(
            part.has("text") ? new Content.Text(part.get("text").asText()) : new Content.Image());
      }
      Role role = Role.valueOf(message.get("role").asText().toUpperCase(Locale.ROOT));
      messages.add(new Message(role, content));
    }
    return messages;
  }
}
