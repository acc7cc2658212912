package io.superneurons.jobs.pass;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Takes the time of a Spark task's work, on whichever threads it is done. */
public final class EffortClock {
  private final LongAdder tokens = new LongAdder();
  private final AtomicReference<RunTokens> run = new AtomicReference<>(RunTokens.NONE);
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

  void took(RunTokens more) {
    run.accumulateAndGet(more, RunTokens::plus);
  }

  /** What was done up to now. */
  public Effort effort() {
    return new Effort(tokens.sum(), run.get(), read.sum(), prepare.sum(), model.sum(), 0);
  }
}
