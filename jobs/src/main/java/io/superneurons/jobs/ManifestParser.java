package io.superneurons.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Reads one line of a JSON Lines manifest; a line that cannot be used says why. */
final class ManifestParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SPLITS = Set.of("probe", "validation", "test");
  private static final int SHOWN = 200;

  private ManifestParser() {}

  /** The row of a line; never throws, since one bad line must not end a job over millions. */
  static ManifestRow parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json == null || !json.isObject()) {
        return bad(line, "The line is not a JSON object");
      }
      return row(json);
    } catch (JsonProcessingException e) {
      return bad(line, "The line is not JSON: " + e.getOriginalMessage());
    } catch (BadRow e) {
      return bad(line, e.getMessage());
    }
  }

  private static ManifestRow row(JsonNode json) throws BadRow {
    String image = required(json, "image");
    String question = optional(json, "question");
    String task = optional(json, "task");
    String split = optional(json, "split");
    if (split != null && !SPLITS.contains(split)) {
      throw new BadRow("Field split is '" + split + "'; it must be probe, validation or test");
    }
    String label = optional(json, "label");
    String id = optional(json, "id");
    task = task == null ? ManifestRow.DEFAULT_TASK : task;
    return new ManifestRow(
        id == null ? contentId(image, question, task, split, label) : id,
        task,
        split,
        image,
        question,
        label,
        null);
  }

  private static String required(JsonNode json, String field) throws BadRow {
    String value = optional(json, field);
    if (value == null || value.isBlank()) {
      throw new BadRow("Field " + field + " is missing or empty");
    }
    return value;
  }

  /** A string or number; null where the field is absent or null. */
  private static String optional(JsonNode json, String field) throws BadRow {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
      throw new BadRow("Field " + field + " must be a string, found " + value.getNodeType());
    }
    return value.asText();
  }

  private static ManifestRow bad(String line, String problem) {
    String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    return new ManifestRow(
        contentId(line), ManifestRow.DEFAULT_TASK, null, null, null, null, problem + ": " + shown);
  }

  /** The same on every run; length prefixes keep ("ab", "c") and ("a", "bc") apart. */
  private static String contentId(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }

  private static final class BadRow extends Exception {
    BadRow(String message) {
      super(message);
    }
  }
}
