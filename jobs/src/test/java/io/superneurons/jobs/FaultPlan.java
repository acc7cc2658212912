package io.superneurons.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which calls of a run to its file system go wrong.
 *
 * @param faults in no order
 * @param aimed in no order
 */
record FaultPlan(List<Planned> faults, List<Aimed> aimed) {
  static final FaultPlan NONE = new FaultPlan(List.of(), List.of());

  /** What may happen at any call of any run. */
  static final List<Fault> ANYWHERE =
      List.of(
          Fault.REFUSED,
          Fault.ANSWER_LOST,
          Fault.FORGOTTEN,
          Fault.SLOW,
          Fault.GONE,
          Fault.STOP_SHOWN);

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
    /**
     * The executor is killed, once in all runs of a plan, and images that could be read can not be
     * read any more, and the reverse; elsewhere nothing happens.
     */
    KILLED,
    /** A file gets the name that a file of another run would have; only of renames. */
    MISNAMED,
    /**
     * The same without a kill: what Spark tasks of the wave computed is gone, once a writer has
     * handed over what it wrote of it, and is computed again. Only within one JVM.
     */
    COMPUTED_ANEW
  }

  /** Where a run is, told by the call that it is about to make; the first such call. */
  enum Moment {
    /** It has looked at the lock, and makes the place of a wave. */
    STAGES("mkdirs \\S+/_temporary/\\d+", 0, 0),
    /** A Spark task opens the last of the wave's files. */
    WRITES("create \\S+/_temporary/\\S+-00002-\\w+\\.parquet", 0, 0),
    /** All files are staged, and it looks at the lock before it commits them. */
    LOOKS("open \\S+/_lock", 1, 0),
    /** It has looked, and commits. */
    COMMITS("list \\S+/_temporary/\\d+", 1, 0),
    /** It puts the first file into place. */
    APPEARS(Calls.PUTS, 1, 0),
    /** One file is in its place, the next is not. */
    HALF_APPEARED(Calls.PUTS, 1, 1),
    /** It takes away what it staged. */
    CLEANS("delete \\S+/_temporary/\\d+", 1, 0);

    private static final class Calls {
      private static final String PUTS = "rename \\S+/_temporary/\\S+ to (?!\\S+/_temporary)\\S+";
    }

    private final Pattern call;
    private final int handedOver;
    private final int appeared;

    /**
     * @param handedOver of how many Spark tasks files are handed over, at least
     * @param appeared how many files are in their places, at least
     */
    Moment(String call, int handedOver, int appeared) {
      this.call = Pattern.compile(call);
      this.handedOver = handedOver;
      this.appeared = appeared;
    }

    /** Whether it is now. */
    boolean isAt(String what, int handedOverNow, int appearedNow) {
      return handedOverNow >= handedOver && appearedNow >= appeared && call.matcher(what).matches();
    }
  }

  /** A fault at a moment, once. */
  record Aimed(Moment moment, Fault fault) {
    private String toText() {
      return moment + ":" + fault;
    }
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

    private static Planned of(String[] parts) {
      return new Planned(
          Step.valueOf(parts[0]), Integer.parseInt(parts[1]), Fault.valueOf(parts[2]));
    }
  }

  /** One fault at one moment. */
  static FaultPlan at(Moment moment, Fault fault) {
    return NONE.and(moment, fault);
  }

  FaultPlan and(Moment moment, Fault fault) {
    List<Aimed> more = new ArrayList<>(aimed);
    more.add(new Aimed(moment, fault));
    return new FaultPlan(faults, more);
  }

  /** The same fault at each call. */
  static FaultPlan always(Fault fault) {
    List<Planned> faults = new ArrayList<>();
    for (Step step : Step.values()) {
      for (int call = 0; call < step.calls; call++) {
        faults.add(new Planned(step, call, fault));
      }
    }
    return new FaultPlan(faults, List.of());
  }

  /** One to three faults at any steps. */
  static FaultPlan some(Random random) {
    List<Planned> faults = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      faults.add(one(random, ANYWHERE.get(random.nextInt(ANYWHERE.size()))));
    }
    return new FaultPlan(faults, List.of());
  }

  /** A fault at any step. */
  static Planned one(Random random, Fault fault) {
    Step step = Step.values()[random.nextInt(Step.values().length)];
    return new Planned(step, random.nextInt(step.calls), fault);
  }

  FaultPlan with(Planned one) {
    List<Planned> more = new ArrayList<>(faults);
    more.add(one);
    return new FaultPlan(more, aimed);
  }

  String toText() {
    return Stream.concat(faults.stream().map(Planned::toText), aimed.stream().map(Aimed::toText))
        .collect(Collectors.joining(","));
  }

  static FaultPlan of(String text) {
    FaultPlan plan = NONE;
    for (String fault : text.split(",")) {
      String[] parts = fault.split(":");
      if (parts.length == 3) {
        plan = plan.with(Planned.of(parts));
      } else if (parts.length == 2) {
        plan = plan.and(Moment.valueOf(parts[0]), Fault.valueOf(parts[1]));
      }
    }
    return plan;
  }
}
