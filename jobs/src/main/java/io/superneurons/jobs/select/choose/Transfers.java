package io.superneurons.jobs.select.choose;

import io.superneurons.activation.Split;
import io.superneurons.jobs.results.Transfer;
import io.superneurons.jobs.select.scan.Abroad;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.Tally;
import io.superneurons.neuron.vote.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates tasks' Super Neurons on the rows of other tasks that have the same labels. */
final class Transfers {
  private Transfers() {}

  /**
   * Counts the votes of a task's neurons.
   *
   * @param abroad votes of each neuron on other tasks' rows, in the order of the task's neurons
   * @param outcomes of all tasks
   */
  static List<Transfer> of(
      ScanPlan work, int task, List<List<Abroad>> abroad, List<Optional<Selected>> outcomes) {
    List<SuperNeuron> neurons = outcomes.get(task).orElseThrow().superNeurons().neurons();
    Metric metric = work.plan(task).metric();
    List<Transfer> transfers = new ArrayList<>();
    int[] targets = Abroad.targets(work, task);
    for (int i = 0; i < targets.length; i++) {
      int place = i;
      TaskRows rows = work.plan(targets[i]).rows();
      int set = Abroad.set(rows);
      if (outcomes.get(targets[i]).isPresent() && rows.size(set) > 0) {
        Voter[] voters = abroad.stream().map(of -> of.get(place).ballot()).toArray(Voter[]::new);
        double value = metric.of(confusion(rows, set, voters, neurons));
        transfers.add(
            new Transfer(
                work.plan(task).rows().task(),
                rows.task(),
                Split.NAMES.get(set),
                metric.label(),
                value,
                own(outcomes.get(targets[i]).get(), Split.NAMES.get(set), metric),
                rows.size(set)));
      }
    }
    return transfers;
  }

  private static Confusion confusion(
      TaskRows rows, int set, Voter[] voters, List<SuperNeuron> neurons) {
    Confusion confusion = new Confusion(rows.labels().size());
    Evidence[] evidence = neurons.stream().map(SuperNeuron::evidence).toArray(Evidence[]::new);
    for (int row = 0; row < rows.size(set); row++) {
      Tally tally = new Tally(rows.labels().size());
      for (int i = 0; i < neurons.size(); i++) {
        tally.add(evidence[i], voters[i], row);
      }
      int winner = tally.winner(evidence, voters, row);
      confusion.add(rows.given()[rows.start(set) + row], winner);
    }
    return confusion;
  }

  private static double own(Selected outcome, String set, Metric metric) {
    return outcome.superNeurons().metrics().get(set).get(metric.label());
  }
}
