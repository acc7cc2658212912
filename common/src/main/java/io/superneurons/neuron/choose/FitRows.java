package io.superneurons.neuron.choose;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Votes;
import java.util.Arrays;
import java.util.Map;

/** The rows that one trial's neurons were fitted on, and what the neurons vote there. */
final class FitRows {
  private final int[] rows;
  private final TaskRows task;
  private final Metric metric;
  private final Map<Contender, Ballot> ballots;
  private final VoteTables tables;

  private FitRows(int[] rows, TaskRows task, Metric metric, Map<Contender, Ballot> ballots) {
    this.rows = rows;
    this.task = task;
    this.metric = metric;
    this.ballots = ballots;
    this.tables = new VoteTables(this);
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

  /** The values of a neuron [rows]. */
  double[] values(Rankings.Place place) {
    Ballot ballot = ballots.get(place.contender());
    double[] values = new double[rows.length];
    Arrays.setAll(values, i -> ballot.value(rows[i]));
    return values;
  }

  /** What guessing is worth here. */
  double chance() {
    Confusion none = new Confusion(labels());
    for (int row : rows) {
      none.add(given()[row], Confusion.NO_LABEL);
    }
    return metric.chance(none);
  }

  /** What their labels say of each neuron's votes. */
  VoteTables tables() {
    return tables;
  }
}
