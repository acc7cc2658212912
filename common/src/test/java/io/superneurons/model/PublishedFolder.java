package io.superneurons.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A folder as it is published, of configuration files and weights that are all zero and take no
 * room on the disk (made by src/test/python/published_fixtures.py).
 *
 * @param name {@code org/model}
 * @param entry of the resource
 */
record PublishedFolder(String name, JsonNode entry) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SHARD = 5_000_000_000L;
  private static final Map<String, Integer> BYTES = Map.of("F32", 4, "BF16", 2, "F16", 2);

  static List<PublishedFolder> all() {
    try (InputStream in = PublishedFolder.class.getResourceAsStream("/model/published.json.gz");
        InputStream text = new GZIPInputStream(in)) {
      List<PublishedFolder> all = new ArrayList<>();
      JSON.readTree(text).forEach(e -> all.add(new PublishedFolder(e.path("name").asText(), e)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** config.json; a copy. */
  ObjectNode config() {
    return entry.path("config").deepCopy();
  }

  /** Writes the folder. */
  Path writeTo(Path folder, ObjectNode config) throws IOException {
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("config.json").toFile(), config);
    JSON.writeValue(
        folder.resolve("preprocessor_config.json").toFile(), entry.path("preprocessor_config"));
    ObjectNode weightMap = JSON.createObjectNode();
    ObjectNode header = JSON.createObjectNode();
    long end = 0;
    int shard = 0;
    for (JsonNode tensor : entry.path("tensors")) {
      long bytes = bytes(tensor);
      if (end > 0 && end + bytes > SHARD) {
        write(folder.resolve(shardName(shard++)), header, end);
        header.removeAll();
        end = 0;
      }
      ObjectNode info = header.putObject(tensor.path(0).asText());
      info.set("dtype", tensor.path(1));
      info.set("shape", tensor.path(2));
      info.putArray("data_offsets").add(end).add(end += bytes);
      weightMap.put(tensor.path(0).asText(), shardName(shard));
    }
    write(folder.resolve(shardName(shard)), header, end);
    ObjectNode index = JSON.createObjectNode();
    index.set("weight_map", weightMap);
    JSON.writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
    return folder;
  }

  private static String shardName(int shard) {
    return "model-" + shard + ".safetensors";
  }

  private static long bytes(JsonNode tensor) {
    long bytes = BYTES.getOrDefault(tensor.path(1).asText(), 1);
    for (JsonNode side : tensor.path(2)) {
      bytes *= side.asLong();
    }
    return bytes;
  }

  /** A file of that header, and as many bytes of a hole. */
  private static void write(Path file, ObjectNode header, long bytes) throws IOException {
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer start = ByteBuffer.allocate(8 + (text.length + 7) / 8 * 8);
    start.order(ByteOrder.LITTLE_ENDIAN).putLong(start.capacity() - 8L).put(text);
    while (start.hasRemaining()) {
      start.put((byte) ' ');
    }
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      out.write(start.flip());
      out.write(ByteBuffer.wrap(new byte[1]), start.capacity() + bytes - 1);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
