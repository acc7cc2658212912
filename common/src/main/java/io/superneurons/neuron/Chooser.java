package io.superneurons.neuron;

import java.util.ArrayList;
import java.util.Arrays;
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

  private final TaskPlan plan;
  private final Rankings rankings;
  private final Map<Contender, short[]> votes;
  private final double chance;

  /**
   * @param votes of every leader: on all rows of the task for trial 0, on its check rows for others
   */
  public Chooser(TaskPlan plan, Rankings rankings, Map<Contender, short[]> votes) {
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
            choices.add(scored(new Choice(rule, voting, exitLayer, topK, Double.NaN)));
          }
        }
      }
    }
    return choices;
  }

  /** The same choice with its score. */
  public Choice scored(Choice choice) {
    Confusion confusion = new Confusion(plan.rows().labels().size());
    for (int trial : plan.choosingTrials()) {
      Ensemble ensemble = ensemble(choice, trial);
      int[] given = plan.givenOfCheck(trial);
      int[] predicted = predictCheck(ensemble, trial, given.length);
      for (int row = 0; row < given.length; row++) {
        confusion.add(given[row], predicted[row]);
      }
    }
    double score = plan.metric().of(confusion);
    return new Choice(choice.rule(), choice.voting(), choice.exitLayer(), choice.topK(), score);
  }

  /** The first trial's votes cover the whole task: its check rows stand among them. */
  private int[] predictCheck(Ensemble ensemble, int trial, int rows) {
    int labels = plan.rows().labels().size();
    if (trial > 0) {
      return ensemble.predict(votes, rows, labels);
    }
    int[] all = ensemble.predict(votes, plan.rows().end(TaskRows.VALIDATION), labels);
    return Arrays.copyOfRange(all, plan.rows().start(TaskRows.VALIDATION), all.length);
  }

  /**
   * The choice: of the exit layers whose best choice is within the tolerance of the best of all,
   * the earliest; there the best score, then the most neurons, since a larger vote depends less on
   * any one of them, then the space's order.
   *
   * @param choices in the space's order
   * @param tolerance see {@link ChoiceSpace}
   */
  public static Choice choose(List<Choice> choices, double tolerance) {
    double best = choices.stream().mapToDouble(Choice::score).max().orElseThrow();
    int exitLayer =
        choices.stream()
            .filter(choice -> choice.score() >= best - tolerance - SAME)
            .mapToInt(Choice::exitLayer)
            .min()
            .orElseThrow(() -> new NoSuchElementException("No choice has a score"));
    return bestAt(choices, exitLayer);
  }

  /** The best choice for that exit layer; the most neurons at equal scores. */
  public static Choice bestAt(List<Choice> choices, int exitLayer) {
    return choices.stream()
        .filter(choice -> choice.exitLayer() == exitLayer)
        .min(Comparator.comparingDouble(Choice::score).thenComparingInt(Choice::topK).reversed())
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
