package io.superneurons.neuron.baseline;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.vote.Verdicts;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** The best attention heads of a trial, and the rows of a task that a trial's heads speak for. */
final class BestHeads {
  private BestHeads() {}

  /**
   * The best heads of a trial, best first.
   *
   * @param trialOf the trial that a head was fitted in
   * @param most how many are taken
   */
  static <H> List<H> of(
      Collection<H> heads, ToIntFunction<H> trialOf, int trial, Comparator<H> bestFirst, int most) {
    return heads.stream()
        .filter(head -> trialOf.applyAsInt(head) == trial)
        .sorted(bestFirst)
        .limit(most)
        .toList();
  }

  /**
   * What heads say of every row of the task: on probing and validation rows those of the main
   * trial, on later ones those of the final one.
   *
   * @param ofTrial what the heads of a trial say of all rows
   */
  static Verdicts onAllRows(TaskPlan plan, IntFunction<Verdicts> ofTrial) {
    Verdicts ofMain = ofTrial.apply(TaskPlan.MAIN);
    Verdicts ofFinal = ofTrial.apply(plan.finalTrial());
    return ofMain.before(plan.rows().end(TaskRows.VALIDATION), ofFinal);
  }
}
