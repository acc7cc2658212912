package io.superneurons.image.codec;

import io.superneurons.image.ImageOps;
import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbColor;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import java.io.IOException;

/**
 * WebP, through libwebp. It is given only the chunk with the first frame's colours: Pillow's result
 * has neither alpha nor a colour profile applied.
 */
final class WebpCodec implements ImageCodec {
  @Override
  public ImageHeader header(ByteReader encoded) throws IOException {
    WebpStructure structure = WebpStructure.parse(encoded);
    return new ImageHeader(structure.width(), structure.height(), structure.orientation());
  }

  @Override
  public RgbImage decode(byte[] encoded, ImageSize size) throws IOException {
    WebpStructure structure = WebpStructure.parse(new ByteReader(encoded));
    RgbImage frame = Libwebp.loaded().decode(structure.frame().copy(), structure.frameSize());
    return ImageOps.place(frame, size, structure.top(), structure.left(), RgbColor.BLACK);
  }
}
