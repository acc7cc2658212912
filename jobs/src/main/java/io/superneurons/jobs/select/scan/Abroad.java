package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.values.NeuronValues;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Votes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a neuron votes on the rows of another task than its own, one that has the same labels.
 *
 * @param task index of the other task's plan
 * @param ballot on the rows of its {@link #set}
 */
public record Abroad(int task, Ballot ballot) implements Serializable {
  /** At most so many tasks with the same labels are compared: pairs grow with their square. */
  private static final int MOST = 16;

  /** The other tasks that a task's neurons vote on. */
  public static int[] targets(ScanPlan work, int task) {
    List<String> labels = work.plan(task).rows().labels();
    int[] alike =
        IntStream.range(0, work.tasks().size())
            .filter(other -> work.plan(other).rows().labels().equals(labels))
            .limit(MOST)
            .toArray();
    boolean among = IntStream.of(alike).anyMatch(other -> other == task);
    return among ? IntStream.of(alike).filter(other -> other != task).toArray() : new int[0];
  }

  /** The set that a task is looked at on: test rows, or validation rows where there are none. */
  public static int set(TaskRows rows) {
    return rows.size(TaskRows.TEST) > 0 ? TaskRows.TEST : TaskRows.VALIDATION;
  }

  /**
   * What a neuron votes on other tasks' rows.
   *
   * @param others the tasks
   * @param values of the neuron, one of the matrix
   */
  static List<Abroad> votes(
      ScanPlan work, int[] others, FittedRule rule, NeuronValues values, NeuronMatrix matrix) {
    List<Abroad> abroad = new ArrayList<>();
    for (int other : others) {
      TaskRows rows = work.plan(other).rows();
      int set = set(rows);
      int[] positions = matrix.positions(work.start(other) + rows.start(set), rows.size(set));
      Votes votes =
          Votes.of(
              rows.labels().size(),
              positions.length,
              row -> rule.vote(values.type().value(values.key(positions[row]))));
      abroad.add(new Abroad(other, new Ballot(rule, votes, values.at(positions))));
    }
    return abroad;
  }
}
