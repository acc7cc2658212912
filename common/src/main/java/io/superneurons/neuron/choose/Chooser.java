package io.superneurons.neuron.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Permutations;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Verdicts;
import io.superneurons.neuron.vote.Voting;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses rule, vote, exit layer and number of neurons by how their ensembles do on rows that did
 * not rank the neurons: the validation rows, or each fold's held-out rows, never test rows. Not
 * thread-safe.
 */
public final class Chooser {
  private static final double SAME = 1e-12;
  private static final Tolerance NO_TOLERANCE = Tolerance.of(0);
  private static final Comparator<Choice> BEST_FIRST =
      Comparator.comparingDouble(Choice::score)
          .thenComparingDouble(Choice::probingScore)
          .thenComparingInt(choice -> choice.picking().most())
          .reversed();

  private final TaskPlan plan;
  private final Rankings rankings;
  private final Map<Contender, Ballot> ballots;
  private final FitRows[] fitRows;
  private final Nested nested;
  private final Map<Pool, List<Rankings.Place>> ranked = new HashMap<>();
  private final Map<Pool, List<Rankings.Place>> greedy = new HashMap<>();

  /** Ensembles that take long to fit, by their members, who know their trial. */
  private final Map<List<Rankings.Place>, Ensemble> fittedTogether = new HashMap<>();

  /** What the neurons that members are picked from have in common. */
  private record Pool(int trial, Rule rule, ModelLayer exitLayer) {}

  /**
   * @param ballots of every leader
   */
  public Chooser(TaskPlan plan, Rankings rankings, Map<Contender, Ballot> ballots) {
    this.plan = plan;
    this.rankings = rankings;
    this.ballots = ballots;
    this.nested = new Nested(plan);
    this.fitRows =
        IntStream.range(0, plan.trials().size())
            .mapToObj(trial -> FitRows.of(plan, trial, ballots))
            .toArray(FitRows[]::new);
  }

  /**
   * Every choice of the space that has a neuron in every trial, with its score, in the space's
   * order.
   */
  public List<Choice> all(ChoiceSpace space) {
    return untried(space).map(this::tried).toList();
  }

  private Stream<Choice> untried(ChoiceSpace space) {
    return space.choices().filter(this::hasNeurons);
  }

  private boolean hasNeurons(Choice choice) {
    return IntStream.range(0, plan.trials().size())
        .noneMatch(trial -> members(choice, trial).isEmpty());
  }

  private Choice tried(Choice choice) {
    Verdicts verdicts = judged(choice);
    nested.add(choice, verdicts);
    return scored(choice, verdicts);
  }

  /** The same choice with its scores. */
  public Choice scored(Choice choice) {
    return scored(choice, judged(choice));
  }

  /** What a choice says of probing and validation rows, those that choose by others' neurons. */
  private Verdicts judged(Choice choice) {
    return plan.chosenOn() == ChosenOn.CROSS_VALIDATION
        ? heldOut(choice)
        : verdicts(choice, TaskPlan.MAIN);
  }

  private Choice scored(Choice choice, Verdicts verdicts) {
    boolean folded = plan.chosenOn() == ChosenOn.CROSS_VALIDATION;
    double score = folded ? score(verdicts, 0, rowsEnd()) : score(verdicts, TaskRows.VALIDATION);
    double probingScore = folded ? score : score(verdicts, TaskRows.PROBE);
    return new Choice(
        choice.rule(), choice.voting(), choice.exitLayer(), choice.picking(), score, probingScore);
  }

  private int rowsEnd() {
    return plan.rows().end(TaskRows.VALIDATION);
  }

  private int labels() {
    return plan.rows().labels().size();
  }

  private double score(Verdicts verdicts, int set) {
    return score(verdicts, plan.rows().start(set), plan.rows().end(set));
  }

  private double score(Verdicts verdicts, int from, int to) {
    int[] given = Arrays.copyOfRange(plan.rows().given(), from, to);
    return verdicts.of(from, to).score(plan.metric(), given, labels());
  }

  /**
   * What a choice says of the probing and validation rows, each by the fold that held it out; the
   * metric is taken over all folds together.
   */
  private Verdicts heldOut(Choice choice) {
    Verdicts all = Verdicts.empty(rowsEnd(), labels());
    for (int trial : plan.choosingTrials()) {
      ensemble(choice, trial).judge(plan.trials().get(trial).check(), ballots, all);
    }
    return all;
  }

  private Verdicts verdicts(Choice choice, int trial) {
    return ensemble(choice, trial).verdicts(ballots, rowsEnd(), labels());
  }

  /**
   * The choice among those within the tolerance of the best of all, by the score and by the probing
   * rows: the earliest exit layer; there the simplest vote, in the order of {@link Voting}; of
   * these the best score, then the best on the probing rows, then the most neurons, since a larger
   * vote depends less on any one of them, then the space's order.
   *
   * @param choices in the space's order
   */
  public static Choice choose(List<Choice> choices, Tolerance tolerance) {
    Choice best = best(choices);
    double below = tolerance.below(best.score()) + SAME;
    return choices.stream()
        .filter(choice -> choice.score() >= best.score() - below)
        .filter(choice -> choice.probingScore() >= best.probingScore() - below)
        .min(
            Comparator.comparing(Choice::exitLayer)
                .thenComparing(Choice::voting)
                .thenComparing(BEST_FIRST))
        .orElseThrow();
  }

  /** What choosing in this way is worth on rows that have no say in it; NaN if that is unknown. */
  public double nestedScore(List<Choice> choices, Tolerance tolerance) {
    return nested.score(choices, without -> choose(without, tolerance), this::judged);
  }

  /** The best choice whatever its exit layer. */
  public static Choice best(List<Choice> choices) {
    return choices.stream().min(BEST_FIRST).orElseThrow();
  }

  /** What {@link #choose} makes of the choices for that exit layer, without any tolerance. */
  public static Choice bestAt(List<Choice> choices, ModelLayer exitLayer) {
    return ofEqualsTheSimplest(at(choices, exitLayer));
  }

  private static List<Choice> at(List<Choice> choices, ModelLayer exitLayer) {
    return choices.stream().filter(choice -> choice.exitLayer().equals(exitLayer)).toList();
  }

  private static Choice ofEqualsTheSimplest(List<Choice> choices) {
    return choose(choices, NO_TOLERANCE);
  }

  /**
   * The best of the choices for each of their exit layers, ascending; their costs are left empty.
   */
  public List<ExitPoint> exitPlan(List<Choice> choices) {
    return choices.stream()
        .map(Choice::exitLayer)
        .distinct()
        .sorted()
        .map(layer -> exitPoint(choices, layer))
        .toList();
  }

  private ExitPoint exitPoint(List<Choice> all, ModelLayer layer) {
    List<Choice> choices = at(all, layer);
    Choice choice = ofEqualsTheSimplest(choices);
    double nestedScore = nested.score(choices, Chooser::ofEqualsTheSimplest, this::judged);
    return new ExitPoint(
        choice.exitLayer(),
        choice.rule(),
        choice.voting(),
        choice.picking(),
        choice.score(),
        Double.isNaN(nestedScore) ? OptionalDouble.empty() : OptionalDouble.of(nestedScore),
        OptionalDouble.empty(),
        Map.of());
  }

  /**
   * The scores of one run of choosing; where there is nothing to choose from, the score is that of
   * guessing. It is what {@link #all} and {@link #choose} come to, but the probing rows, which are
   * many, are asked of those choices alone that their validation rows leave in question.
   */
  public Permutations.Run run(ChoiceSpace space) {
    List<Choice> choices = inQuestion(space).map(this::scored).toList();
    double score =
        choices.isEmpty()
            ? fitRows[TaskPlan.MAIN].chance()
            : choose(choices, space.tolerance()).score();
    return new Permutations.Run(score, rankings.bestScore(TaskPlan.MAIN));
  }

  private Stream<Choice> inQuestion(ChoiceSpace space) {
    List<Choice> untried = untried(space).toList();
    if (plan.chosenOn() == ChosenOn.CROSS_VALIDATION) {
      return untried.stream();
    }
    int[] rows = IntStream.range(plan.rows().start(TaskRows.VALIDATION), rowsEnd()).toArray();
    double[] scores = untried.stream().mapToDouble(c -> validationScore(c, rows)).toArray();
    double best = Arrays.stream(scores).max().orElse(Double.NaN);
    double least = best - space.tolerance().below(best) - SAME;
    return IntStream.range(0, scores.length).filter(i -> scores[i] >= least).mapToObj(untried::get);
  }

  /**
   * The score on the validation rows alone.
   *
   * @param rows their positions
   */
  private double validationScore(Choice choice, int[] rows) {
    Verdicts verdicts = Verdicts.empty(rowsEnd(), labels());
    ensemble(choice, TaskPlan.MAIN).judge(rows, ballots, verdicts);
    return score(verdicts, TaskRows.VALIDATION);
  }

  /** The neurons of a choice that vote in the end. */
  public Ensemble ensemble(Choice choice) {
    return ensemble(choice, plan.finalTrial());
  }

  private Ensemble ensemble(Choice choice, int trial) {
    List<Rankings.Place> members = members(choice, trial);
    return choice.voting() == Voting.RIDGE
        ? fittedTogether.computeIfAbsent(
            List.copyOf(members), some -> Ensemble.of(some, Voting.RIDGE, fitRows[trial]))
        : Ensemble.of(members, choice.voting(), fitRows[trial]);
  }

  private List<Rankings.Place> members(Choice choice, int trial) {
    Picking picking = choice.picking();
    Pool pool = new Pool(trial, choice.rule(), choice.exitLayer());
    List<Rankings.Place> order =
        switch (picking.kind()) {
          case TOP_K -> ranked(pool, picking.most());
          case THRESHOLD ->
              ranked(pool, picking.most()).stream()
                  .filter(place -> place.candidate().fitScore() >= picking.least())
                  .toList();
          case GREEDY -> greedy.computeIfAbsent(pool, this::greedyOrder);
        };
    return order.subList(0, Math.min(picking.most(), order.size()));
  }

  private List<Rankings.Place> greedyOrder(Pool pool) {
    List<Rankings.Place> best = ranked(pool, Picking.GREEDY_POOL);
    List<Rankings.Place> from = best.subList(0, Math.min(Picking.GREEDY_POOL, best.size()));
    return Greedy.order(from, fitRows[pool.trial], Picking.MOST_GREEDY);
  }

  /** At least so many of the best neurons, if there are that many. */
  private List<Rankings.Place> ranked(Pool pool, int most) {
    List<Rankings.Place> known = ranked.get(pool);
    if (known == null || known.size() < most) {
      int count = Math.max(most, Picking.GREEDY_POOL);
      known = rankings.best(pool.trial, pool.rule, pool.exitLayer, count);
      ranked.put(pool, known);
    }
    return known;
  }

  /**
   * What a choice says of the rows that chose ({@link TaskPlan#choosingRows}), by neurons that
   * these rows did not fit.
   */
  Verdicts choosing(Choice choice) {
    return judged(choice).at(plan.choosingRows());
  }

  /** The folds of the rows that choose, and the scores without each. */
  Nested nested() {
    return nested;
  }

  /**
   * What a choice says of every row of the task. On probing and validation rows it is the neurons
   * of the main trial that vote, since the final ones were fitted on just these rows.
   */
  public Verdicts verdicts(Choice choice) {
    Verdicts ofFinal = ensemble(choice).verdicts(ballots, plan.rows().size(), labels());
    return verdicts(choice, TaskPlan.MAIN).before(rowsEnd(), ofFinal);
  }
}
