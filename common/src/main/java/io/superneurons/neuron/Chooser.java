package io.superneurons.neuron;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Chooses rule, vote, exit layer and number of neurons by how their ensembles do on rows that did
 * not rank the neurons: the validation rows, or each fold's held-out rows, never test rows.
 */
public final class Chooser {
  private static final double SAME = 1e-12;
  private static final Comparator<Choice> BEST_FIRST =
      Comparator.comparingDouble(Choice::score)
          .thenComparingDouble(Choice::probe)
          .thenComparingInt(Choice::topK)
          .reversed();

  private final TaskPlan plan;
  private final Rankings rankings;
  private final Map<Contender, Votes> votes;
  private final double chance;

  /**
   * @param votes of every leader: on all rows of the task for trial 0, on its check rows for others
   */
  public Chooser(TaskPlan plan, Rankings rankings, Map<Contender, Votes> votes) {
    this.plan = plan;
    this.rankings = rankings;
    this.votes = votes;
    this.chance = chance(plan);
  }

  private static double chance(TaskPlan plan) {
    Confusion probing = new Confusion(plan.rows().labels().size());
    for (int row = 0; row < plan.rows().size(TaskRows.PROBE); row++) {
      probing.add(plan.rows().given()[row], Confusion.NO_LABEL);
    }
    return plan.metric().chance(probing);
  }

  /** Every way in the space, with its score; in the space's order. */
  public List<Choice> all(ChoiceSpace space) {
    List<Choice> choices = new ArrayList<>();
    for (int exitLayer : space.exitLayers()) {
      for (Rule rule : space.rules()) {
        for (Voting voting : space.votings()) {
          for (int topK : space.topK()) {
            choices.add(scored(Choice.untried(rule, voting, exitLayer, topK)));
          }
        }
      }
    }
    return choices;
  }

  /** The same choice with its scores. */
  public Choice scored(Choice choice) {
    double score;
    double probe;
    if (!plan.isCrossValidated()) {
      int[] predicted = predictOwn(ensemble(choice, 0));
      score = metric(predicted, TaskRows.VALIDATION);
      probe = metric(predicted, TaskRows.PROBE);
    } else {
      score = heldOut(choice);
      probe = score;
    }
    return new Choice(
        choice.rule(), choice.voting(), choice.exitLayer(), choice.topK(), score, probe);
  }

  /** Predictions for the probing and the validation rows, where the first trial ranked. */
  private int[] predictOwn(Ensemble ensemble) {
    int rows = plan.rows().end(TaskRows.VALIDATION);
    return ensemble.predict(votes, rows, plan.rows().labels().size());
  }

  private double metric(int[] predicted, int set) {
    Confusion confusion = new Confusion(plan.rows().labels().size());
    for (int row = plan.rows().start(set); row < plan.rows().end(set); row++) {
      confusion.add(plan.rows().given()[row], predicted[row]);
    }
    return plan.metric().of(confusion);
  }

  /** The metric over the held-out rows of all folds together. */
  private double heldOut(Choice choice) {
    int labels = plan.rows().labels().size();
    Confusion confusion = new Confusion(labels);
    for (int trial : plan.choosingTrials()) {
      int[] given = plan.givenOfCheck(trial);
      int[] predicted = ensemble(choice, trial).predict(votes, given.length, labels);
      for (int row = 0; row < given.length; row++) {
        confusion.add(given[row], predicted[row]);
      }
    }
    return plan.metric().of(confusion);
  }

  /**
   * The choice: the earliest exit layer that has a choice within the tolerance of the best of all,
   * by the score and by the probing rows; there the best score, then the best on the probing rows,
   * then the most neurons, since a larger vote depends less on any one of them, then the space's
   * order.
   *
   * @param choices in the space's order
   * @param tolerance see {@link ChoiceSpace}
   */
  public static Choice choose(List<Choice> choices, double tolerance) {
    Choice best = choices.stream().min(BEST_FIRST).orElseThrow();
    int exitLayer =
        choices.stream()
            .filter(choice -> choice.score() >= best.score() - tolerance - SAME)
            .filter(choice -> choice.probe() >= best.probe() - tolerance - SAME)
            .mapToInt(Choice::exitLayer)
            .min()
            .orElseThrow(() -> new NoSuchElementException("No choice has a score"));
    return bestAt(choices, exitLayer);
  }

  /** The best choice for that exit layer, in the order of {@link #choose}. */
  public static Choice bestAt(List<Choice> choices, int exitLayer) {
    return choices.stream()
        .filter(choice -> choice.exitLayer() == exitLayer)
        .min(BEST_FIRST)
        .orElseThrow();
  }

  /** The neurons of a choice, ranked on all probing rows. */
  public Ensemble ensemble(Choice choice) {
    return ensemble(choice, 0);
  }

  private Ensemble ensemble(Choice choice, int trial) {
    return Ensemble.of(
        rankings.best(trial, choice.rule(), choice.exitLayer(), choice.topK()),
        choice.voting(),
        chance);
  }

  /** What a choice says of every row of the task; a label index a row. */
  public int[] predict(Choice choice) {
    return ensemble(choice).predict(votes, plan.rows().size(), plan.rows().labels().size());
  }
}
