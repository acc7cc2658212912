package io.superneurons.jobs.pass;

import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import java.util.List;
import java.util.concurrent.Executor;

/** What a partition's rows are prepared for and run through. */
public interface RowModel {
  /** Threads on which images and prompts are prepared while a pass runs. */
  Executor preparation();

  /** Decodes and prepares an image; runs on the caller's thread. */
  ImageInput prepare(byte[] encoded);

  /** The prompt of a question about an image; runs on the caller's thread. */
  RowInput row(ImageInput image, String question);

  /** One pass; waits for its turn. */
  List<RowOutput> run(List<RowInput> rows, PassPlan plan) throws InterruptedException;
}
