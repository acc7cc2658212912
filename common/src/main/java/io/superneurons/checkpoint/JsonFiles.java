package io.superneurons.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads the JSON and text files of a checkpoint, within limits: they are untrusted. */
final class JsonFiles {
  /** Far above every configuration file there is; a chat template or an index is under 1 MB. */
  private static final long MAX_BYTES = 32L << 20;

  /** Twice the depth that any published file has. */
  private static final int MAX_DEPTH = 64;

  private static final ObjectReader READER = reader();

  private JsonFiles() {}

  private static ObjectReader reader() {
    JsonMapper mapper =
        JsonMapper.builder()
            // Python writes Infinity and NaN
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength((int) MAX_BYTES)
                .build());
    return mapper.readerFor(JsonNode.class).with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  /**
   * Parses a JSON object.
   *
   * @param source what an error calls it
   */
  static ObjectNode parseObject(byte[] json, String source) {
    try {
      JsonNode node = READER.readValue(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new CheckpointException(source + " must hold a JSON object; download it again");
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "Cannot read " + source + " as JSON: " + e.getOriginalMessage() + line(e), e);
    } catch (IOException e) {
      throw new CheckpointException("Cannot read " + source + ": " + e, e);
    }
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
  }

  /** The JSON object in a file; empty if the file does not exist. */
  static Optional<ObjectNode> read(Path file) {
    return bytes(file).map(bytes -> parseObject(bytes, file.toString()));
  }

  /** The text of a UTF-8 file; empty if it does not exist. */
  static Optional<String> text(Path file) {
    return bytes(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> bytes(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CheckpointException(
            String.format(
                Locale.ROOT,
                "%s is larger than %d bytes; it is no configuration file",
                file,
                MAX_BYTES));
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CheckpointException("Cannot read " + file + ": " + e, e);
    }
  }
}
