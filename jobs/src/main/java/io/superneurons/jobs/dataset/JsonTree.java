package io.superneurons.jobs.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.files.TextStream;
import io.superneurons.jobs.input.JsonRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** The records of one JSON value, one after another; no more than one is held. */
final class JsonTree implements Closeable {
  private static final ObjectMapper JSON = JsonRecord.reading().build();
  private static final int MOST_KEYS = 10;

  private final String path;
  private final Layout layout;
  private final JsonParser parser;
  private long number;

  private JsonTree(String path, Layout layout, JsonParser parser) {
    this.path = path;
    this.layout = layout;
    this.parser = parser;
  }

  /**
   * Opens a file at its first record.
   *
   * @param path with its file system
   * @throws ConfigurationException if its records do not lie so
   */
  static JsonTree open(Configuration conf, String path, Layout layout) throws IOException {
    JsonParser parser = JSON.getFactory().createParser(TextStream.open(conf, path, 0));
    JsonTree tree = new JsonTree(path, layout, parser);
    try {
      tree.start();
      return tree;
    } catch (JsonProcessingException e) {
      tree.close();
      throw tree.broken(e);
    } catch (IOException | RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private void start() throws IOException {
    JsonToken first = parser.nextToken();
    boolean isObject = first == JsonToken.START_OBJECT;
    if (layout.kind() == Layout.Kind.ARRAY ? first != JsonToken.START_ARRAY : !isObject) {
      throw other(isObject ? "it is a JSON object" : "it is no JSON object");
    }
    if (layout.kind() == Layout.Kind.UNDER) {
      goUnder();
    }
  }

  private void goUnder() throws IOException {
    List<String> keys = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      keys.add(parser.currentName());
      boolean isMeant = parser.currentName().equals(layout.key());
      if (parser.nextToken() == JsonToken.START_ARRAY && isMeant) {
        return;
      }
      parser.skipChildren();
    }
    throw other("its keys are " + keys.subList(0, Math.min(MOST_KEYS, keys.size())));
  }

  private ConfigurationException other(String why) {
    return new ConfigurationException(path + " is not " + layout.describe() + ": " + why);
  }

  /** The number of the record that was read last, from 1. */
  long number() {
    return number;
  }

  /**
   * The next record, null after the last.
   *
   * @throws ConfigurationException if the file is broken
   */
  ObjectNode next() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new ConfigurationException(
            path + " ends within its questions; it was cut off: fetch it again");
      }
      if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
        return null;
      }
      String id = token == JsonToken.FIELD_NAME ? parser.currentName() : null;
      if (id != null) {
        parser.nextToken();
      }
      JsonNode record = JSON.readTree(parser);
      number++;
      if (!(record instanceof ObjectNode object)) {
        throw other(String.format(Locale.ROOT, "question %,d is no JSON object", number));
      }
      return id == null ? object : object.put(layout.key(), id);
    } catch (JsonProcessingException e) {
      throw broken(e);
    }
  }

  private ConfigurationException broken(JsonProcessingException e) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "Cannot read %s after question %,d: %s; fetch it again",
            path,
            number,
            e.getOriginalMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
