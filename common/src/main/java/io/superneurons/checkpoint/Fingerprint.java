package io.superneurons.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds up what decides a model's activations: configuration, tokenizer, template, the tensors'
 * names, types and shapes, and a sample of each tensor's bytes. Files' names and shards do not
 * count, nor what a re-save changes. Under a kilobyte is read of each tensor.
 */
final class Fingerprint {
  /** Keys that say who wrote a configuration and how it is loaded, not what it computes. */
  private static final Set<String> VOLATILE =
      Set.of("transformers_version", "_name_or_path", "torch_dtype", "dtype");

  private static final int SAMPLE_BYTES = 64;

  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Adds a configuration: its keys in sorted order, without the volatile ones. */
  Fingerprint json(String label, Config config) {
    return bytes(label, canonical(config.tree()).toString().getBytes(StandardCharsets.UTF_8));
  }

  Fingerprint text(String label, String text) {
    return bytes(label, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds the whole of a file. */
  Fingerprint file(String label, Path file) {
    try {
      return bytes(label, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CheckpointException("Cannot read " + file + ": " + e, e);
    }
  }

  /** Adds tensors, in the order given: name, type, shape, and three samples of the bytes. */
  Fingerprint tensors(Collection<TensorInfo> tensors) {
    Map<Path, FileChannel> channels = new HashMap<>();
    try {
      for (TensorInfo tensor : tensors) {
        FileChannel channel = channels.get(tensor.file());
        if (channel == null) {
          channel = FileChannel.open(tensor.file());
          channels.put(tensor.file(), channel);
        }
        String shape = tensor.dtype().label() + Arrays.toString(tensor.shape());
        text(tensor.name(), shape);
        bytes("sample", sample(tensor, channel));
      }
    } catch (IOException e) {
      throw new CheckpointException("Cannot read the weights: " + e, e);
    } finally {
      channels.values().forEach(Fingerprint::close);
    }
    return this;
  }

  /** The sum so far, such as {@code sha256:9f86d0...}, with 64 hexadecimal digits. */
  String value() {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private Fingerprint bytes(String label, byte[] bytes) {
    byte[] name = label.getBytes(StandardCharsets.UTF_8);
    // with lengths, the end of one part cannot be taken for the beginning of the next
    digest.update(ByteBuffer.allocate(8).putInt(name.length).putInt(bytes.length).array());
    digest.update(name);
    digest.update(bytes);
    return this;
  }

  private static byte[] sample(TensorInfo tensor, FileChannel channel) throws IOException {
    int length = (int) Math.min(SAMPLE_BYTES, tensor.bytes());
    long last = tensor.bytes() - length;
    // 8 is a multiple of every element's size
    long middle = last / 2 / 8 * 8;
    ByteBuffer buffer = ByteBuffer.allocate(3 * length);
    for (long start : List.of(0L, middle, last)) {
      ByteBuffer part = buffer.slice(buffer.position(), length);
      while (part.hasRemaining()) {
        if (channel.read(part, tensor.offset() + start + part.position()) < 0) {
          throw new CheckpointException(
              "Tensor " + tensor.name() + " was cut short in " + tensor.file());
        }
      }
      buffer.position(buffer.position() + length);
    }
    return buffer.array();
  }

  private static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
      sorted.keySet().removeAll(VOLATILE);
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.setAll(sorted);
      return object;
    }
    if (node.isArray()) {
      var array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(canonical(element)));
      return array;
    }
    return node;
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new CheckpointException("Cannot close a weights file: " + e, e);
    }
  }
}
