package io.superneurons.image.codec;

import io.superneurons.image.ImageSize;
import io.superneurons.image.RgbImage;
import io.superneurons.image.bytes.ByteReader;
import java.io.IOException;

/** Reads one format. Implementations hold no state. */
interface ImageCodec {
  /**
   * Size and orientation, read without decoding and without allocating more than the file's size.
   *
   * @throws IOException if the structure is broken or cut off
   */
  ImageHeader header(ByteReader encoded) throws IOException;

  /**
   * The image, not yet oriented.
   *
   * @param size what the header promised, already within the limits
   * @throws IOException if the data are broken or cut off; unchecked exceptions may come too
   */
  RgbImage decode(byte[] encoded, ImageSize size) throws IOException;
}
