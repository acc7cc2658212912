package io.superneurons.jobs.pass;

import io.superneurons.model.pass.PassPlan;
import io.superneurons.model.pass.RowInput;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.model.vision.ImageInput;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The executor's model as one task uses it, with the task's clock.
 *
 * @param model shared with other tasks
 * @param clock of the task
 */
public record TimedModel(ExecutorModel model, EffortClock clock) implements RowModel {
  @Override
  public Executor preparation() {
    return model.preparation();
  }

  @Override
  public ImageInput prepare(byte[] encoded) {
    long started = System.nanoTime();
    try {
      return model.prepare(encoded);
    } finally {
      clock.prepared(started);
    }
  }

  @Override
  public RowInput row(ImageInput image, String question) {
    long started = System.nanoTime();
    try {
      return model.row(image, question);
    } finally {
      clock.prepared(started);
    }
  }

  @Override
  public List<RowOutput> run(List<RowInput> rows, PassPlan plan) throws InterruptedException {
    return model.run(rows, plan, clock);
  }
}
