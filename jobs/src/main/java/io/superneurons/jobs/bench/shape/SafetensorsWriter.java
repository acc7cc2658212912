package io.superneurons.jobs.bench.shape;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes random tensors as safetensors files, in shards, one buffer at a time. */
final class SafetensorsWriter {
  private static final long MAX_SHARD_BYTES = 4L << 30;
  private static final int BUFFER_BYTES = 4 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final StoredType type;
  private final long seed;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  SafetensorsWriter(Path folder, StoredType type, long seed) {
    this.folder = folder;
    this.type = type;
    this.seed = seed;
  }

  /** Writes the files, and their index where there are several. */
  void write(List<NewTensor> tensors) throws IOException {
    List<List<NewTensor>> shards = shards(tensors);
    if (shards.size() == 1) {
      writeShard(folder.resolve("model.safetensors"), tensors);
      return;
    }
    ObjectNode index = MAPPER.createObjectNode();
    index
        .putObject("metadata")
        .put("total_size", tensors.stream().mapToLong(NewTensor::bytes).sum());
    ObjectNode weightMap = index.putObject("weight_map");
    for (int i = 0; i < shards.size(); i++) {
      String name =
          String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
      writeShard(folder.resolve(name), shards.get(i));
      shards.get(i).forEach(tensor -> weightMap.put(tensor.name(), name));
    }
    MAPPER.writeValue(folder.resolve("model.safetensors.index.json").toFile(), index);
  }

  private static List<List<NewTensor>> shards(List<NewTensor> tensors) {
    List<List<NewTensor>> shards = new ArrayList<>();
    List<NewTensor> shard = new ArrayList<>();
    long bytes = 0;
    for (NewTensor tensor : tensors) {
      if (!shard.isEmpty() && bytes + tensor.bytes() > MAX_SHARD_BYTES) {
        shards.add(shard);
        shard = new ArrayList<>();
        bytes = 0;
      }
      shard.add(tensor);
      bytes += tensor.bytes();
    }
    shards.add(shard);
    return shards;
  }

  private void writeShard(Path file, List<NewTensor> tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(channel, header(tensors));
      for (NewTensor tensor : tensors) {
        writeTensor(channel, tensor);
      }
    }
  }

  private ByteBuffer header(List<NewTensor> tensors) throws IOException {
    ObjectNode header = MAPPER.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (NewTensor tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", type.header());
      tensor.shape().forEach(entry.withArray("shape")::add);
      entry.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
      offset += tensor.bytes();
    }
    String json = MAPPER.writeValueAsString(header);
    // Tensors start at a multiple of 8 bytes.
    byte[] padded = (json + " ".repeat(-json.length() & 7)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + padded.length).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(padded.length).put(padded).flip();
  }

  private void writeTensor(FileChannel channel, NewTensor tensor) throws IOException {
    RandomValues values = RandomValues.of(tensor, type, seed);
    long left = tensor.bytes();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
      values.fill(buffer);
      left -= buffer.position();
      writeAll(channel, buffer.flip());
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Free bytes of the disk on which the folder lies. */
  static long freeBytes(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
