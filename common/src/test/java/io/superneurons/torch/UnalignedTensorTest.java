package io.superneurons.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.checkpoint.DType;
import io.superneurons.checkpoint.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnalignedTensorTest {
  @TempDir private Path folder;

  @Test
  void aTensorOfMoreThanTwoGibibytesIsReadToItsEnd() throws IOException {
    long elements = (1L << 29) + 3;
    long offset = 101;
    Path file = folder.resolve("sparse");
    ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(-1.5f).flip();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(last, offset + 4 * (elements - 1));
    }
    TensorInfo tensor =
        new TensorInfo("big", DType.FLOAT32, new long[] {elements}, file, offset, 4 * elements);
    AtomicLong read = new AtomicLong();
    UnalignedTensor.read(
        tensor,
        (start, values) -> {
          assertEquals(read.get(), start);
          long end = read.addAndGet(values.length);
          assertEquals(0, values[0]);
          assertEquals(end == elements ? -1.5f : 0, values[values.length - 1]);
        });
    assertEquals(elements, read.get());
  }
}
