package io.superneurons.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Which calls of a run to its file system go wrong.
 *
 * @param faults in no order
 */
record FaultPlan(List<Planned> faults) {
  static final FaultPlan NONE = new FaultPlan(List.of());

  /** How a call goes wrong. */
  enum Fault {
    /** Nothing is done. */
    REFUSED,
    /** It is done, but the answer does not arrive. */
    ANSWER_LOST,
    /** Nothing is done, though the answer is that it was; only of renames and deletions. */
    FORGOTTEN,
    /** It takes long. */
    SLOW,
    /** From here on there is no file system: for the run as if it were killed here. */
    GONE,
    /** For some calls there is a {@code _stop}, which is removed before the driver looks for it. */
    STOP_SHOWN,
    /** The driver stands still, as a suspended machine does; its executors go on. */
    PAUSED,
    /** The executor is killed, once in all runs of a plan; elsewhere nothing happens. */
    KILLED
  }

  /** What a run does when it calls, with about as many calls as it makes for it. */
  enum Step {
    LOCK(12),
    STAGE(30),
    COMMIT(14),
    MARK(10),
    RESUME(16);

    private final int calls;

    Step(int calls) {
      this.calls = calls;
    }
  }

  /**
   * A fault.
   *
   * @param call the how manieth of the step; one that does not come up does no harm
   */
  record Planned(Step step, int call, Fault fault) {
    private String toText() {
      return step + ":" + call + ":" + fault;
    }

    private static Planned of(String text) {
      String[] parts = text.split(":");
      return new Planned(
          Step.valueOf(parts[0]), Integer.parseInt(parts[1]), Fault.valueOf(parts[2]));
    }
  }

  /** The same fault at each call. */
  static FaultPlan always(Fault fault) {
    List<Planned> faults = new ArrayList<>();
    for (Step step : Step.values()) {
      for (int call = 0; call < step.calls; call++) {
        faults.add(new Planned(step, call, fault));
      }
    }
    return new FaultPlan(faults);
  }

  /** One to three faults of these kinds at any steps. */
  static FaultPlan some(Random random, List<Fault> kinds) {
    List<Planned> faults = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      faults.add(one(random, kinds.get(random.nextInt(kinds.size()))));
    }
    return new FaultPlan(faults);
  }

  /** A fault at any step. */
  static Planned one(Random random, Fault fault) {
    Step step = Step.values()[random.nextInt(Step.values().length)];
    return new Planned(step, random.nextInt(step.calls), fault);
  }

  FaultPlan with(Planned one) {
    List<Planned> more = new ArrayList<>(faults);
    more.add(one);
    return new FaultPlan(more);
  }

  String toText() {
    return faults.stream().map(Planned::toText).collect(Collectors.joining(","));
  }

  static FaultPlan of(String text) {
    return new FaultPlan(
        Arrays.stream(text.split(",")).filter(t -> !t.isEmpty()).map(Planned::of).toList());
  }
}
