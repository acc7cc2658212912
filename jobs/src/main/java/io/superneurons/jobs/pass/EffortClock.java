package io.superneurons.jobs.pass;

import java.util.concurrent.atomic.LongAdder;

/** Takes the time of a Spark task's work, on whichever threads it is done. */
public final class EffortClock {
  private final LongAdder tokens = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final LongAdder prepare = new LongAdder();
  private final LongAdder model = new LongAdder();

  void read(long startedNanos) {
    read.add(System.nanoTime() - startedNanos);
  }

  void prepared(long startedNanos) {
    prepare.add(System.nanoTime() - startedNanos);
  }

  void ran(long startedNanos, long promptTokens) {
    model.add(System.nanoTime() - startedNanos);
    tokens.add(promptTokens);
  }

  /** What was done up to now. */
  public Effort effort() {
    return new Effort(tokens.sum(), read.sum(), prepare.sum(), model.sum(), 0);
  }
}
