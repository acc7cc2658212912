package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.score.Candidate;
import io.superneurons.neuron.statistics.PValueCounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one shard's neurons are worth, task by task.
 *
 * @param shard the neurons
 * @param counts of NaN, infinite and saturated values
 * @param tasks one entry per task of the scan, in its order
 */
public record ShardScores(Shard shard, ValueCounts counts, List<Task> tasks)
    implements Serializable {
  /**
   * One task.
   *
   * @param columns the scores, one column per rule that was tried
   * @param pValue of each neuron, on the rows that the final trial fits; NaN where it cannot be
   *     selected
   * @param means class means of each neuron, one after another
   * @param leaders the best of the shard
   */
  public record Task(List<Column> columns, double[] pValue, double[] means, Leaders leaders)
      implements Serializable {}

  /**
   * The best of one shard for one task.
   *
   * @param rankings one per trial and slot of the task's plan
   * @param pValues how often each occurs, one entry per trial of the task's plan
   * @param heads what attention heads say, if the shard holds any
   */
  public record Leaders(List<Ranking> rankings, List<PValueCounts> pValues, Heads heads)
      implements Serializable {}

  /**
   * The best neurons of one shard in one trial and slot.
   *
   * @param trial index of the trial in the task's plan
   * @param slot the slot
   * @param best the neurons with their scores, best first
   */
  public record Ranking(int trial, Slot slot, List<Candidate> best) implements Serializable {}

  /**
   * The small part that the driver gathers.
   *
   * @param tasks one entry per task, in the order of the scan
   */
  public record Best(List<Leaders> tasks) implements Serializable {}

  /**
   * Scores by one rule, in each array one value per neuron of the shard. For detectors, those of
   * the label that the neuron detects best.
   *
   * @param rule name of the rule
   * @param detected label index of a detector, or -1
   * @param polarity 1 or -1; 0 where the neuron cannot be selected
   * @param threshold NaN where the rule has none
   */
  public record Column(
      String rule,
      int[] detected,
      byte[] polarity,
      double[] threshold,
      double[] probingScore,
      double[] auc,
      double[] validation)
      implements Serializable {
    /** Bytes of one neuron. */
    static final long BYTES = Integer.BYTES + Byte.BYTES + 4 * Double.BYTES;

    static Column of(String rule, int neurons) {
      return new Column(
          rule,
          new int[neurons],
          new byte[neurons],
          new double[neurons],
          new double[neurons],
          new double[neurons],
          new double[neurons]);
    }
  }

  /**
   * Those of neighbouring tasks.
   *
   * @param from index of the first task
   * @param to index after the last one
   */
  public ShardScores part(int from, int to) {
    return new ShardScores(shard, counts, List.copyOf(tasks.subList(from, to)));
  }

  /**
   * The p-values that are in doubt.
   *
   * @param doubts one entry per task
   */
  public Held held(List<PValueCounts.Doubt> doubts) {
    return new Held(
        IntStream.range(0, doubts.size())
            .mapToObj(
                task ->
                    Arrays.stream(tasks.get(task).pValue())
                        .filter(doubts.get(task)::holds)
                        .toArray())
            .toList());
  }

  /**
   * P-values of one shard.
   *
   * @param tasks one entry per task, in the order of the neurons
   */
  public record Held(List<double[]> tasks) implements Serializable {}

  /** The best of every task. */
  public Best best() {
    return new Best(tasks.stream().map(Task::leaders).toList());
  }
}
