package io.superneurons.jobs.pass;

import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import java.util.List;
import java.util.concurrent.Executor;

/** The model as {@link BatchRunner} sees it: it prepares rows and runs them. */
public interface RowModel {
  /** Threads on which images and prompts are prepared while a pass runs. */
  Executor preparation();

  /**
   * Decodes and prepares an image, on the caller's thread.
   *
   * @throws NotEnoughMemoryException if it does not fit the memory, even alone
   */
  ImageInput prepare(byte[] encoded);

  /** Whether prompts are read: not by a model that is opened no deeper than its vision tower. */
  default boolean readsPrompts() {
    return true;
  }

  /** Makes the prompt of a question about an image, on the caller's thread. */
  RowInput row(ImageInput image, String question);

  /** Runs one pass, after waiting for its turn; gives one output per row, in their order. */
  List<RowOutput> run(List<RowInput> rows, PassPlan plan) throws InterruptedException;
}
