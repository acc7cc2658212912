package io.superneurons.image.codec;

import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** Decoded samples of 8 bits as one array, without a copy where the reader left them so. */
final class Samples {
  private Samples() {}

  /** Whether every sample has a byte of its own. */
  static boolean areBytes(Raster raster) {
    return raster.getSampleModel() instanceof ComponentSampleModel
        && raster.getTransferType() == DataBuffer.TYPE_BYTE;
  }

  /**
   * The samples of a raster whose samples are bytes.
   *
   * @return [height, width, bands], perhaps the raster's own array
   */
  static byte[] interleaved(Raster raster) {
    int line = raster.getWidth() * raster.getNumBands();
    int length = Math.multiplyExact(line, raster.getHeight());
    if (isPlain(raster, line) && ((DataBufferByte) raster.getDataBuffer()).getSize() == length) {
      return ((DataBufferByte) raster.getDataBuffer()).getData();
    }
    byte[] samples = new byte[length]; // [height, width, bands]
    byte[] row = new byte[line]; // [width, bands]
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      System.arraycopy(row, 0, samples, y * line, line);
    }
    return samples;
  }

  /** Whether bands follow each other in every pixel, pixels in every row, and rows. */
  private static boolean isPlain(Raster raster, int line) {
    if (!(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || buffer.getNumBanks() != 1
        || buffer.getOffset() != 0
        || raster.getParent() != null) {
      return false;
    }
    int[] offsets = model.getBandOffsets();
    for (int band = 0; band < offsets.length; band++) {
      if (offsets[band] != band) {
        return false;
      }
    }
    return model.getPixelStride() == offsets.length && model.getScanlineStride() == line;
  }
}
