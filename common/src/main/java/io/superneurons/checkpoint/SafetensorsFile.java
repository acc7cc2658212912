package io.superneurons.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The header of a safetensors file. A header is untrusted, and a memory map past a file's end kills
 * the process, so nothing leaves here that does not lie within the file. No tensor's bytes are
 * read.
 *
 * @param state the file, as it was before its header was read
 * @param tensors by name
 */
record SafetensorsFile(FileState state, SortedMap<String, TensorInfo> tensors) {
  private static final int PREFIX = Long.BYTES;
  private static final long MAX_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";
  private static final String AGAIN = "; download the file again";

  SafetensorsFile {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /**
   * Reads and checks a header.
   *
   * @throws CheckpointException if the file is no safetensors file, is cut short, or its header
   *     contradicts itself or the file's length
   */
  static SafetensorsFile open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      FileState state = FileState.of(file);
      long size = state.bytes();
      long headerBytes = headerBytes(file, channel, size);
      byte[] header = new byte[(int) headerBytes];
      readFully(channel, ByteBuffer.wrap(header), PREFIX, file);
      ObjectNode json = JsonFiles.parseObject(header, "the header of " + file);
      SortedMap<String, TensorInfo> tensors = tensors(file, json, PREFIX + headerBytes, size);
      return new SafetensorsFile(state, tensors);
    } catch (IOException e) {
      throw new CheckpointException("Cannot read " + file + ": " + e, e);
    }
  }

  private static long headerBytes(Path file, FileChannel channel, long size) throws IOException {
    if (size < PREFIX) {
      throw new CheckpointException(
          String.format(
                  Locale.ROOT,
                  "Cannot read %s: it has %d bytes, too few for a safetensors file",
                  file,
                  size)
              + AGAIN);
    }
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, prefix, 0, file);
    if (new String(prefix.array(), StandardCharsets.US_ASCII).equals("version ")) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: it is a Git LFS pointer, not the file itself; run 'git lfs pull'"
                  + " there",
              file));
    }
    long length = prefix.getLong(0);
    // unsigned in the file, so a negative number here is a huge one there
    if (length < 2 || length > MAX_HEADER) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: its header's length is %s, not from 2 to %d; it is no safetensors"
                  + " file",
              file,
              Long.toUnsignedString(length),
              MAX_HEADER));
    }
    if (length > size - PREFIX) {
      throw new CheckpointException(
          String.format(
                  Locale.ROOT,
                  "Cannot read %s: its header ends at byte %d of %d, so it is cut short",
                  file,
                  PREFIX + length,
                  size)
              + AGAIN);
    }
    return length;
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long position, Path file)
      throws IOException {
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count < 0) {
        throw new CheckpointException("Cannot read " + file + ": it ends too early" + AGAIN);
      }
    }
  }

  private static SortedMap<String, TensorInfo> tensors(
      Path file, ObjectNode header, long dataStart, long fileBytes) {
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        HeaderEntry read = new HeaderEntry(file, entry.getKey(), entry.getValue());
        tensors.put(entry.getKey(), read.tensor(dataStart, fileBytes));
      }
    }
    refuseOverlap(file, tensors);
    return tensors;
  }

  private static void refuseOverlap(Path file, SortedMap<String, TensorInfo> tensors) {
    List<TensorInfo> byOffset = new ArrayList<>(tensors.values());
    byOffset.removeIf(tensor -> tensor.bytes() == 0);
    byOffset.sort(Comparator.comparingLong(TensorInfo::offset));
    for (int i = 1; i < byOffset.size(); i++) {
      TensorInfo before = byOffset.get(i - 1);
      TensorInfo after = byOffset.get(i);
      if (after.offset() < before.offset() + before.bytes()) {
        throw new CheckpointException(
            String.format(
                    Locale.ROOT,
                    "Cannot read tensor %s of %s: it begins at byte %d, within tensor %s",
                    after.name(),
                    file,
                    after.offset(),
                    before.name())
                + AGAIN);
      }
    }
  }

  /** One entry of a header, on its way to a {@link TensorInfo}. */
  private record HeaderEntry(Path file, String name, JsonNode entry) {
    TensorInfo tensor(long dataStart, long fileBytes) {
      JsonNode typeName = entry.path("dtype");
      if (!typeName.isTextual()) {
        throw fault("its dtype is missing");
      }
      DType dtype = DType.of(typeName.textValue());
      long[] shape = longs("shape");
      long[] offsets = longs("data_offsets");
      if (offsets.length != 2 || offsets[0] > offsets[1]) {
        throw fault("data_offsets must be two numbers that do not descend");
      }
      long bytes = offsets[1] - offsets[0];
      if (offsets[1] > fileBytes - dataStart) {
        throw fault(
            String.format(
                Locale.ROOT,
                "it ends at byte %s of %d, so the file is cut short",
                Long.toUnsignedString(dataStart + offsets[1]),
                fileBytes));
      }
      if (dtype != DType.OTHER && bytes != expectedBytes(dtype, shape)) {
        throw fault(
            String.format(
                Locale.ROOT, "it has %d bytes, and its shape and type need another number", bytes));
      }
      return new TensorInfo(name, dtype, shape, file, dataStart + offsets[0], bytes);
    }

    private long expectedBytes(DType dtype, long[] shape) {
      try {
        long bytes = dtype.bytes();
        for (long size : shape) {
          bytes = Math.multiplyExact(bytes, size);
        }
        return bytes;
      } catch (ArithmeticException e) {
        throw fault("its shape is larger than any file");
      }
    }

    private long[] longs(String key) {
      JsonNode array = entry.path(key);
      if (!array.isArray()) {
        throw fault(key + " is missing");
      }
      long[] values = new long[array.size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode value = array.get(i);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
          throw fault(key + " holds " + value + ", which is no size");
        }
        values[i] = value.longValue();
      }
      return values;
    }

    private CheckpointException fault(String what) {
      return new CheckpointException(
          String.format(Locale.ROOT, "Cannot read tensor %s of %s: %s", name, file, what) + AGAIN);
    }
  }
}
