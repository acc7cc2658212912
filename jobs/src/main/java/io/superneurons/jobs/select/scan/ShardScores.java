package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.baseline.AttentionHead;
import io.superneurons.neuron.score.Candidate;
import java.io.Serializable;
import java.util.List;

/**
 * What one shard's neurons are worth, task by task.
 *
 * @param shard the neurons
 * @param counts of values that are no ordinary numbers
 * @param tasks one a task
 */
public record ShardScores(Shard shard, ValueCounts counts, List<Task> tasks)
    implements Serializable {
  /**
   * One task.
   *
   * @param columns the scores, one a rule that was tried
   * @param means class means of each neuron, one after another
   * @param leaders the best candidates by trial, then by slot
   * @param heads the best attention heads of the shard, if it holds any
   */
  public record Task(
      List<Column> columns,
      double[] means,
      List<List<List<Candidate>>> leaders,
      List<AttentionHead> heads)
      implements Serializable {}

  /** The small part that the driver gathers. */
  public record Leaders(
      Shard shard, List<List<List<List<Candidate>>>> leaders, List<List<AttentionHead>> heads)
      implements Serializable {}

  /**
   * Scores by one rule, one of each a neuron of the shard. For detectors, those of the label that
   * the neuron detects best.
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
      double[] probe,
      double[] auc,
      double[] validation,
      double[] pValue)
      implements Serializable {
    /** Of one neuron. */
    static final long BYTES = Integer.BYTES + Byte.BYTES + 5 * Double.BYTES;

    static Column of(String rule, int neurons) {
      return new Column(
          rule,
          new int[neurons],
          new byte[neurons],
          new double[neurons],
          new double[neurons],
          new double[neurons],
          new double[neurons],
          new double[neurons]);
    }
  }

  /** Those of some of the tasks. */
  public ShardScores part(int from, int to) {
    return new ShardScores(shard, counts, List.copyOf(tasks.subList(from, to)));
  }

  public Leaders toLeaders() {
    return new Leaders(
        shard,
        tasks.stream().map(Task::leaders).toList(),
        tasks.stream().map(Task::heads).toList());
  }
}
