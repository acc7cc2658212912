package io.superneurons.jobs;

import io.superneurons.neuron.Confusion;
import io.superneurons.neuron.FittedRule;
import io.superneurons.neuron.Metric;
import io.superneurons.neuron.NeuronValues;
import io.superneurons.neuron.SuperNeuron;
import io.superneurons.neuron.Tally;
import io.superneurons.neuron.TaskRows;
import io.superneurons.neuron.Votes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one task's Super Neurons are worth on another task that has the same labels.
 *
 * @param from the task that they were chosen for
 * @param to the task whose rows they vote on
 * @param set which of its rows
 * @param metric name of the metric that chose
 * @param value of these neurons
 * @param own of the task's own Super Neurons, on the same rows
 * @param rows how many there are
 */
record SelectTransfer(
    String from, String to, String set, String metric, double value, double own, int rows) {
  /** Of more tasks with the same labels the first are looked at: pairs grow with their square. */
  private static final int MOST = 16;

  /**
   * What a neuron votes on another task's rows.
   *
   * @param task the other task
   * @param votes on {@link #rows}
   */
  record Abroad(int task, Votes votes) implements Serializable {}

  /** The other tasks that a task's neurons vote on. */
  static int[] targets(SelectWork work, int task) {
    List<String> labels = work.plans().get(task).rows().labels();
    int[] alike =
        IntStream.range(0, work.plans().size())
            .filter(other -> work.plans().get(other).rows().labels().equals(labels))
            .limit(MOST)
            .toArray();
    boolean among = IntStream.of(alike).anyMatch(other -> other == task);
    return among ? IntStream.of(alike).filter(other -> other != task).toArray() : new int[0];
  }

  /** The set that a task is looked at on: test rows, or validation rows where there are none. */
  static int set(TaskRows rows) {
    return rows.size(TaskRows.TEST) > 0 ? TaskRows.TEST : TaskRows.VALIDATION;
  }

  /**
   * What a neuron votes on other tasks' rows.
   *
   * @param others the tasks
   * @param values of the neuron, one of the matrix
   */
  static List<Abroad> votes(
      SelectWork work, int[] others, FittedRule rule, NeuronValues values, NeuronMatrix matrix) {
    List<Abroad> abroad = new ArrayList<>();
    for (int other : others) {
      TaskRows rows = work.plans().get(other).rows();
      int set = set(rows);
      int[] positions = matrix.positions(work.starts()[other] + rows.start(set), rows.size(set));
      Votes votes =
          Votes.of(
              rows.labels().size(),
              positions.length,
              row -> rule.vote(values.type().value(values.key(positions[row]))));
      abroad.add(new Abroad(other, votes));
    }
    return abroad;
  }

  /**
   * Counts the votes of a task's neurons.
   *
   * @param abroad of each neuron, in the task's order
   * @param outcomes of all tasks
   */
  static List<SelectTransfer> of(
      SelectWork work,
      int task,
      List<List<Abroad>> abroad,
      List<Optional<SelectTask.Outcome>> outcomes) {
    List<SuperNeuron> neurons = outcomes.get(task).orElseThrow().superNeurons().neurons();
    Metric metric = work.plans().get(task).metric();
    List<SelectTransfer> transfers = new ArrayList<>();
    int[] targets = targets(work, task);
    for (int i = 0; i < targets.length; i++) {
      int place = i;
      TaskRows rows = work.plans().get(targets[i]).rows();
      int set = set(rows);
      if (outcomes.get(targets[i]).isPresent() && rows.size(set) > 0) {
        List<Votes> votes = abroad.stream().map(of -> of.get(place).votes()).toList();
        double value = metric.of(confusion(rows, set, votes, neurons));
        transfers.add(
            new SelectTransfer(
                work.plans().get(task).rows().task(),
                rows.task(),
                SelectSets.OWN.get(set),
                metric.label(),
                value,
                own(outcomes.get(targets[i]).get(), SelectSets.OWN.get(set), metric),
                rows.size(set)));
      }
    }
    return transfers;
  }

  private static Confusion confusion(
      TaskRows rows, int set, List<Votes> votes, List<SuperNeuron> neurons) {
    Confusion confusion = new Confusion(rows.labels().size());
    for (int row = 0; row < rows.size(set); row++) {
      Tally tally = new Tally(rows.labels().size());
      for (int i = 0; i < neurons.size(); i++) {
        tally.add(votes.get(i).label(row), neurons.get(i).weight());
      }
      confusion.add(rows.given()[rows.start(set) + row], tally.winner());
    }
    return confusion;
  }

  private static double own(SelectTask.Outcome outcome, String set, Metric metric) {
    return outcome.superNeurons().metrics().get(set).get(metric.label());
  }
}
