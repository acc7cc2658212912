package io.superneurons.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointFolder;
import io.superneurons.checkpoint.TensorInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A fixture's checkpoint in which some matrices are random numbers of 8 bits with scales; and the
 * same in float32, multiplied out by the definition of the two formats.
 *
 * @param source the checkpoint
 * @param names a regular expression for the matrices' names
 * @param how they are stored
 */
record ScaledCopy(Checkpoint source, String names, Scheme how) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How matrices are stored.
   *
   * @param type in a safetensors header, {@code F8_E4M3} or {@code I8}
   * @param suffix of the scales' name
   * @param rows of a block; 0 for all, with one scale without an axis
   * @param columns of a block; 0 for all
   * @param config {@code quantization_config}
   */
  record Scheme(String type, String suffix, int rows, int columns, String config) {}

  /** Writes the checkpoint with numbers of 8 bits. */
  Checkpoint scaled(Path folder) throws IOException {
    CheckpointFolder copy = copy(folder);
    ObjectNode config = (ObjectNode) JSON.readTree(source.config().toString());
    config.set("quantization_config", JSON.readTree(how.config));
    copy.write("config.json", config.toString());
    return write(copy, false);
  }

  /** Writes the checkpoint with these numbers multiplied out. */
  Checkpoint multipliedOut(Path folder) throws IOException {
    return write(copy(folder), true);
  }

  /** All but the weights. */
  private CheckpointFolder copy(Path folder) throws IOException {
    CheckpointFolder copy = CheckpointFolder.in(Files.createDirectory(folder));
    try (Stream<Path> files = Files.list(source.folder())) {
      for (Path file : files.filter(f -> !f.toString().contains(".safetensors")).toList()) {
        copy.write(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return copy;
  }

  private Checkpoint write(CheckpointFolder folder, boolean multipliedOut) throws IOException {
    Tensors tensors = new Tensors();
    for (TensorInfo tensor : source.tensors().values()) {
      if (tensor.name().matches(names)) {
        put(tensors, tensor, multipliedOut);
      } else {
        tensors.put(tensor.name(), tensor.dtype().label(), tensor.shape(), bytes(tensor));
      }
    }
    folder.safetensors("model.safetensors", tensors.header.toString(), tensors.data.toByteArray());
    return Checkpoint.open(folder.path());
  }

  private void put(Tensors tensors, TensorInfo tensor, boolean multipliedOut) {
    long[] shape = tensor.shape();
    int rows = (int) shape[shape.length - 2];
    int columns = (int) shape[shape.length - 1];
    int matrices = (int) (tensor.elementCount() / rows / columns);
    int high = how.rows == 0 ? rows : how.rows;
    int wide = how.columns == 0 ? columns : how.columns;
    int down = (rows + high - 1) / high;
    int across = (columns + wide - 1) / wide;
    Random random = new Random(tensor.name().hashCode());
    byte[] numbers = new byte[matrices * rows * columns];
    random.nextBytes(numbers);
    float[] scales = new float[matrices * down * across];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (1 + random.nextFloat()) / (how.type.equals("I8") ? 512 : 1024);
    }
    float[] weights = new float[numbers.length];
    for (int i = 0; i < weights.length; i++) {
      if (Float.isNaN(float8(numbers[i]))) {
        numbers[i] = 0;
      }
      int row = i / columns % rows;
      int block = (i / columns / rows * down + row / high) * across + i % columns / wide;
      weights[i] = (how.type.equals("I8") ? numbers[i] : float8(numbers[i])) * scales[block];
    }
    if (multipliedOut) {
      tensors.put(tensor.name(), "F32", shape, bytes(weights));
      return;
    }
    long[] scalesShape = how.rows == 0 ? new long[0] : shape.clone();
    if (scalesShape.length > 0) {
      scalesShape[shape.length - 2] = down;
      scalesShape[shape.length - 1] = across;
    }
    tensors.put(tensor.name(), how.type, shape, numbers);
    tensors.put(tensor.name() + how.suffix, "F32", scalesShape, bytes(scales));
  }

  /** A sign, four bits of exponent and three of mantissa; all ones are no number. */
  private static float float8(byte bits) {
    int exponent = bits >> 3 & 15;
    int mantissa = bits & 7;
    if (exponent == 15 && mantissa == 7) {
      return Float.NaN;
    }
    double size =
        exponent == 0 ? mantissa / 512.0 : (1 + mantissa / 8.0) * Math.pow(2, exponent - 7);
    return (float) (bits < 0 ? -size : size);
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static byte[] bytes(TensorInfo tensor) throws IOException {
    byte[] bytes = new byte[(int) tensor.bytes()];
    try (RandomAccessFile file = new RandomAccessFile(tensor.file().toFile(), "r")) {
      file.seek(tensor.offset());
      file.readFully(bytes);
    }
    return bytes;
  }

  /** What goes into a file. */
  private static final class Tensors {
    private final ObjectNode header = JSON.createObjectNode();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    void put(String name, String type, long[] shape, byte[] bytes) {
      int start = data.size();
      data.writeBytes(bytes);
      ObjectNode info = header.putObject(name).put("dtype", type);
      Arrays.stream(shape).forEach(info.putArray("shape")::add);
      info.putArray("data_offsets").add(start).add(data.size());
    }
  }
}
