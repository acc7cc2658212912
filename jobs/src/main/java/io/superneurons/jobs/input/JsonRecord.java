package io.superneurons.jobs.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A record in JSON. */
public record JsonRecord(JsonNode json) implements ManifestRecord {
  /** Images in Base64 are longer than what Jackson takes unasked. */
  static final StreamReadConstraints LONG_TEXTS =
      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

  /** What Jackson advises its callers to allow, which no user can. */
  private static final Pattern FEATURES =
      Pattern.compile(
          ": enable `[^`]*` to allow|: maybe a \\(non-standard\\) comment\\?"
              + "|: not allowed as per `[^`]*`| \\(bound as `[^`]*`\\)|, from `[^`]*`"
              + "| \\(consider enabling [^)]*\\)| \\(start marker at \\[[^\\]]*\\]\\)"
              + "| \\(not recognized as one since Feature '[^']*' not enabled for parser\\)");

  private static final ObjectMapper JSON =
      reading()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // which of two labels counts?
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** How any JSON of an input is read. */
  public static JsonMapper.Builder reading() {
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LONG_TEXTS).build())
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS); // Python writes them
  }

  /**
   * The record of a line.
   *
   * @throws BadRowException if the line is not one JSON object
   */
  public static JsonRecord of(String line) throws BadRowException {
    try {
      JsonNode json = JSON.readTree(line);
      if (json == null || !json.isObject()) {
        throw BadRowException.badRow("The line is not a JSON object");
      }
      return new JsonRecord(json);
    } catch (JsonProcessingException e) {
      throw BadRowException.badRow("The line is not JSON: " + reason(e));
    }
  }

  /** What is wrong with JSON, without advice that no user can follow. */
  public static String reason(JsonProcessingException e) {
    return FEATURES.matcher(e.getOriginalMessage()).replaceAll("");
  }

  /** The names of its fields. */
  public Set<String> columns() {
    Set<String> names = new TreeSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Override
  public boolean has(String column) {
    return json.has(column);
  }

  @Override
  public String text(String column) throws BadRowException {
    JsonNode value = json.get(column);
    if (value.isNull() || value instanceof NumericNode number && number.isNaN()) {
      return null;
    }
    if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
      throw BadRowException.badRow(
          String.format(
              Locale.ROOT, "Field %s must be a string, found %s", column, value.getNodeType()));
    }
    return value.asText();
  }

  @Override
  public List<String> texts(String column) throws BadRowException {
    JsonNode value = json.get(column);
    return value.isArray() ? texts(column, value) : ManifestRecord.super.texts(column);
  }

  /** The texts of a list in JSON. */
  static List<String> texts(String column, String text) throws BadRowException {
    try {
      return texts(column, JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw noList(column);
    }
  }

  private static List<String> texts(String column, JsonNode list) throws BadRowException {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list) {
      if (!value.isValueNode() || value.isNull()) {
        throw noList(column);
      }
      texts.add(value.asText());
    }
    if (!list.isArray()) {
      throw noList(column);
    }
    return texts.isEmpty() ? null : texts;
  }

  private static BadRowException noList(String column) {
    return BadRowException.badRow(
        "Field " + column + " must be a list of texts, such as [\"a cat\", \"a dog\"]");
  }

  @Override
  public Optional<String> hint() {
    return JsonShape.rowsUnderKey(json, "FILE");
  }

  /** A path, an image in Base64, or an object with {@code path} and {@code bytes} in Base64. */
  @Override
  public ImageCell image(String column) throws BadRowException {
    JsonNode value = json.get(column);
    if (value.isArray()) {
      throw ImageCell.severalImages();
    }
    if (value.isObject()) {
      JsonRecord image = new JsonRecord(value);
      String path = image.has("path") ? image.text("path") : null;
      String bytes = image.has("bytes") ? image.text("bytes") : null;
      if (!image.has("path") && !image.has("bytes")) {
        throw BadRowException.badRow(
            String.format(
                Locale.ROOT,
                "Field %s is an object without path or bytes; give the image as a text, a path or"
                    + " a data: URI",
                column));
      }
      return bytes == null ? new ImageCell(path, null) : ImageCell.ofBase64(bytes).named(path);
    }
    String text = text(column);
    return text == null ? null : ImageCell.ofText(text);
  }
}
