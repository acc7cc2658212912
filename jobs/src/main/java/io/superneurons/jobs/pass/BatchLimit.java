package io.superneurons.jobs.pass;

import java.util.Locale;

/**
 * How many rows a Spark task takes into one pass, and how much of the heap its prepared images may
 * take: so much for those of the batch, and as much again for those of the rows after it. An image
 * of 640 x 480 pixels takes 0.3 MB for LLaVA-1.5, but 10 MB for SmolVLM, which cuts it into 13
 * tiles.
 *
 * @param rows most rows in one pass; at least 1
 * @param pixelBytes a batch is full once its images take this much; at least 1
 */
public record BatchLimit(int rows, long pixelBytes) {
  public BatchLimit {
    if (rows < 1 || pixelBytes < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A batch needs at least a row and a byte, not %d and %d",
              rows,
              pixelBytes));
    }
  }

  /**
   * What each Spark task of this JVM may take so that all together use at most half of its heap.
   *
   * @param rows most rows in one pass
   * @param tasks how many Spark tasks run at once
   */
  public static BatchLimit ofHeap(int rows, int tasks) {
    return new BatchLimit(rows, Math.max(1, Runtime.getRuntime().maxMemory() / 4 / tasks));
  }

  /**
   * Whether another image may be prepared for the rows after the batch.
   *
   * @param images how many are prepared for them already
   * @param largest bytes of the largest image so far; 0 before there was one
   */
  boolean hasRoom(int images, long largest) {
    return images == 0 || (largest > 0 && images * largest < pixelBytes);
  }
}
