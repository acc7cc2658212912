package io.superneurons.neuron.choose;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Voting;
import java.util.HashMap;
import java.util.Map;

/** The rows that one trial's neurons were fitted on, and what the neurons vote there. */
final class FitRows {
  private final int[] rows;
  private final TaskRows task;
  private final Metric metric;
  private final Map<Contender, Ballot> ballots;
  private final Map<Contender, Double> logOdds = new HashMap<>();

  private FitRows(int[] rows, TaskRows task, Metric metric, Map<Contender, Ballot> ballots) {
    this.rows = rows;
    this.task = task;
    this.metric = metric;
    this.ballots = ballots;
  }

  /**
   * The fit rows of a trial.
   *
   * @param ballots of every neuron that may be picked
   */
  static FitRows of(TaskPlan plan, int trial, Map<Contender, Ballot> ballots) {
    return new FitRows(plan.trials().get(trial).fit(), plan.rows(), plan.metric(), ballots);
  }

  /** Their positions in the task [rows]. */
  int[] rows() {
    return rows;
  }

  /** Label index of each row of the task [rows of the task]. */
  int[] given() {
    return task.given();
  }

  int labels() {
    return task.labels().size();
  }

  Metric metric() {
    return metric;
  }

  Votes votes(Rankings.Place place) {
    return ballots.get(place.contender()).votes();
  }

  /** What guessing is worth here. */
  double chance() {
    Confusion none = new Confusion(labels());
    for (int row : rows) {
      none.add(given()[row], Confusion.NO_LABEL);
    }
    return metric.chance(none);
  }

  /** The weight of a neuron's vote by {@link Voting#LOG_ODDS}. */
  double logOdds(Rankings.Place place) {
    return logOdds.computeIfAbsent(
        place.contender(), c -> Voting.grained(logOdds(confusion(place), c.slot().detected())));
  }

  private double logOdds(Confusion confusion, int detected) {
    if (detected == Confusion.NO_LABEL) {
      double odds = (confusion.right() + 1.0) / (confusion.rows() - confusion.right() + 1.0);
      return Math.log(odds) + Math.log(labels() - 1);
    }
    double given = confusion.given(detected);
    double hits = confusion.hits(detected);
    double falseAlarms = confusion.predicted(detected) - hits;
    double hitRate = (hits + 1) / (given + 2);
    double falseAlarmRate = (falseAlarms + 1) / (confusion.rows() - given + 2);
    return Math.log(hitRate) - Math.log(falseAlarmRate);
  }

  private Confusion confusion(Rankings.Place place) {
    Votes votes = votes(place);
    Confusion confusion = new Confusion(labels());
    for (int row : rows) {
      confusion.add(given()[row], votes.label(row));
    }
    return confusion;
  }
}
