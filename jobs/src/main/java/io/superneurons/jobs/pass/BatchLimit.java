package io.superneurons.jobs.pass;

/**
 * How many rows a task takes into one pass, and how much of the heap prepared images may take:
 * those of the batch, and as much again those of the rows ahead of it. An image of 640 x 480 pixels
 * takes 1.4 MB for LLaVA-1.5, but 41 MB for SmolVLM, which cuts it into 13 tiles.
 *
 * @param rows at least 1
 * @param pixelBytes once so much is prepared, a batch is full; at least 1
 */
public record BatchLimit(int rows, long pixelBytes) {
  public BatchLimit {
    if (rows < 1 || pixelBytes < 1) {
      throw new IllegalArgumentException(
          "A batch needs at least a row and a byte, not %d and %d".formatted(rows, pixelBytes));
    }
  }

  /**
   * What the tasks of this JVM may take without using up more than half of its heap.
   *
   * @param tasks that run at once
   */
  public static BatchLimit ofHeap(int rows, int tasks) {
    return new BatchLimit(rows, Math.max(1, Runtime.getRuntime().maxMemory() / 4 / tasks));
  }

  /**
   * Whether another image may be prepared ahead.
   *
   * @param images how many there are ahead
   * @param largest bytes of the largest seen so far; 0 for none yet
   */
  boolean hasRoom(int images, long largest) {
    return images == 0 || (largest > 0 && images * largest < pixelBytes);
  }
}
