package io.superneurons.jobs.bench.shape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A checkpoint folder in Hugging Face's layout, with a published shape and random weights; the same
 * on every machine for the same seed.
 *
 * @param shape which model's
 * @param layers decoder layers to write; the configuration says so too
 * @param type of the weights
 * @param seed of the weights
 */
public record RandomCheckpoint(PublishedShape shape, int layers, StoredType type, long seed) {
  private static final String MARK = "_bench.json";
  private static final List<String> CONFIGURATIONS =
      List.of(
          "config",
          "generation_config",
          "preprocessor_config",
          "processor_config",
          "tokenizer_config");
  private static final List<String> TYPE_KEYS = List.of("dtype", "torch_dtype");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();

  public RandomCheckpoint {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(type, "type");
    int published = publishedLayers(shape);
    if (layers < 1 || layers > published) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d layers; 1 to %d of them can be written, not %d",
              shape.label(),
              published,
              published,
              layers));
    }
  }

  /** Decoder layers that a model of this shape has. */
  public static int publishedLayers(PublishedShape shape) {
    return shape.description().at("/config/text_config/num_hidden_layers").intValue();
  }

  /** Length of all tensors together, in bytes. */
  public long bytes() {
    return shape.tensors(description().path("config")).stream().mapToLong(NewTensor::bytes).sum();
  }

  /** Length of the language head, or of the embedding where that is the head, in bytes. */
  public long headBytes() {
    JsonNode text = description().at("/config/text_config");
    return text.path("vocab_size").longValue() * text.path("hidden_size").longValue() * 2;
  }

  /**
   * Writes the folder, unless it holds this very checkpoint already.
   *
   * @throws IllegalArgumentException if something else is there, or the disk is too small
   */
  public void writeTo(Path folder) throws IOException {
    Path mark = folder.resolve(MARK);
    if (isOfThis(mark)) {
      return;
    }
    Files.createDirectories(folder);
    requireRoom(folder);
    ObjectNode description = description();
    for (String name : CONFIGURATIONS) {
      if (description.has(name)) {
        WRITER.writeValue(folder.resolve(name + ".json").toFile(), description.path(name));
      }
    }
    Files.writeString(
        folder.resolve("chat_template.jinja"), description.path("chat_template").textValue());
    WRITER.writeValue(
        folder.resolve("tokenizer.json").toFile(),
        WordTokenizer.of(
            description.path("tokens"), description.path("first_token"), Questions.words()));
    new SafetensorsWriter(folder, type, seed).write(shape.tensors(description.path("config")));
    WRITER.writeValue(mark.toFile(), this);
  }

  private boolean isOfThis(Path mark) throws IOException {
    if (!Files.exists(mark)) {
      return false;
    }
    try {
      return MAPPER.readValue(mark.toFile(), RandomCheckpoint.class).equals(this);
    } catch (JsonProcessingException e) {
      return false; // an earlier version's, or another program's
    }
  }

  private ObjectNode description() {
    ObjectNode description = shape.description();
    ((ObjectNode) description.at("/config/text_config")).put("num_hidden_layers", layers);
    for (String name : TYPE_KEYS) {
      description.findParents(name).forEach(n -> ((ObjectNode) n).put(name, type.label()));
    }
    return description;
  }

  private void requireRoom(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IllegalArgumentException(
            folder + " holds something else; give a new folder or remove it");
      }
    }
    long free = SafetensorsWriter.freeBytes(folder);
    if (bytes() > free) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs %d bytes, and the disk of %s has %d left; write fewer --layers",
              shape.label(),
              bytes(),
              folder,
              free));
    }
  }
}
