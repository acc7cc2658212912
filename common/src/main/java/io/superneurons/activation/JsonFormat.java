package io.superneurons.activation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One of the project's JSON files: snake_case keys, opening with {@code format} and {@code
 * version}. Keys that are not known are ignored, so that later minor additions stay readable.
 *
 * @param format the value of {@code format}
 * @param version the newest version that this program reads, and the one it writes
 */
public record JsonFormat(String format, int version) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public JsonFormat {
    Objects.requireNonNull(format, "format");
  }

  /** The file's text: {@code format}, {@code version}, then the properties of the content. */
  public String write(Object content) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("format", format).put("version", version);
    node.setAll((ObjectNode) MAPPER.valueToTree(content));
    try {
      return MAPPER.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + format, e);
    }
  }

  /**
   * The content of a file.
   *
   * @param json the file's text
   * @param source what to call the file in messages
   * @throws FormatException if it is not JSON, is of another format or a newer version, or lacks
   *     something
   */
  public <T> T read(String json, String source, Class<T> type) {
    JsonNode node = parse(json, source);
    String found = node.path("format").asText("");
    if (!found.equals(format)) {
      throw new FormatException(
          source + " is of format '" + found + "', not '" + format + "'; is it the right file?");
    }
    int foundVersion = node.path("version").asInt(-1);
    if (foundVersion < 1 || foundVersion > version) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s is version %s of %s; this program reads versions 1 to %d, so use a newer one",
              source,
              node.path("version").asText("(none)"),
              format,
              version));
    }
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new FormatException(source + " is not a valid " + format + reason(e), e);
    }
  }

  private static JsonNode parse(String json, String source) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new FormatException(source + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The message of a record's own check says best what is wrong; Jackson's path says where. */
  private static String reason(JsonProcessingException e) {
    String what = e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String where =
          mapping.getPath().stream()
              .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
              .collect(Collectors.joining("."));
      return ", at " + where + ": " + what;
    }
    return ": " + what;
  }
}
