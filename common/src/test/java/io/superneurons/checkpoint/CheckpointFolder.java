package io.superneurons.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes checkpoint folders for tests; a new one has a config.json and one small tensor. */
public final class CheckpointFolder {
  private final Path path;

  private CheckpointFolder(Path path) {
    this.path = path;
  }

  public static CheckpointFolder in(Path folder) {
    return new CheckpointFolder(folder)
        .write("config.json", "{\"model_type\": \"llava\"}")
        .safetensors(
            "model.safetensors",
            "{\"w\": {\"dtype\": \"F32\", \"shape\": [2, 3], \"data_offsets\": [0, 24]}}",
            new byte[24]);
  }

  public Path path() {
    return path;
  }

  public CheckpointFolder write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public CheckpointFolder write(String name, byte[] bytes) {
    try {
      Files.write(path.resolve(name), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CheckpointFolder delete(String name) {
    try {
      Files.delete(path.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with that header and those bytes after it. */
  public CheckpointFolder safetensors(String name, String header, byte[] data) {
    return safetensors(name, header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  /** A file that may lie about its header's length. */
  public CheckpointFolder safetensors(String name, long length, String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return write(name, buffer.putLong(length).put(text).put(data).array());
  }
}
