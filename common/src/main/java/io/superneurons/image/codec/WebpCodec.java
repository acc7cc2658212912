package io.superneurons.image.codec;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import io.superneurons.image.bytes.EncodedStream;
import io.superneurons.image.vp8.Vp8Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * WebP: lossy by {@link Vp8Frame}, lossless through TwelveMonkeys. Only the chunk with the colours
 * is read: Pillow's result has neither alpha nor a colour profile applied.
 */
final class WebpCodec implements ImageCodec {
  private static final int CHUNK_HEADER = 8;

  /** Bytes that the reader keeps in its buffer; near the end it would take a slow detour. */
  private static final int LOOK_AHEAD = 16;

  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    WebpStructure structure = WebpStructure.parse(encoded);
    return new ImageHeader(structure.width(), structure.height(), structure.orientation());
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    WebpStructure structure = WebpStructure.parse(new ByteReader(encoded));
    RgbImage frame = structure.isLossless() ? lossless(structure) : lossy(structure);
    return ImageOps.place(frame, size, structure.top(), structure.left(), RgbColor.BLACK);
  }

  private static RgbImage lossy(WebpStructure structure) throws IOException {
    byte[] chunk = structure.frame().copy();
    return Vp8Frame.decode(Arrays.copyOfRange(chunk, CHUNK_HEADER, chunk.length));
  }

  private static RgbImage lossless(WebpStructure structure) throws IOException {
    ImageReader reader = PlugIns.reader(WebPImageReaderSpi.class);
    try (ImageInputStream stream = new EncodedStream(alone(structure.frame()))) {
      reader.setInput(stream, true, true);
      return Pixels.toRgb(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** A file that holds nothing but that chunk, and some zeros for the reader's looking ahead. */
  private static byte[] alone(ByteReader chunk) {
    byte[] data = chunk.copy();
    int padded = data.length + (data.length & 1);
    return ByteBuffer.allocate(CHUNK_HEADER + 4 + padded + LOOK_AHEAD)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(4 + padded)
        .put("WEBP".getBytes(StandardCharsets.US_ASCII))
        .put(data)
        .array();
  }
}
