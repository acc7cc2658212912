package io.superneurons.neuron.score;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The best candidates of one task by trial and slot, over all layers. */
public final class Rankings {
  private final TaskPlan plan;
  private final Map<Key, List<Candidate>> ranked = new HashMap<>();
  private final double[] largestP; // of a neuron that may vote [trials]

  private record Key(int trial, Slot slot) {}

  /** One neuron in a ranking: what identifies its votes, and its scores. */
  public record Place(Contender contender, Candidate candidate) {}

  /** Rankings in which every neuron may vote. */
  public Rankings(TaskPlan plan) {
    this.plan = plan;
    this.largestP = new double[plan.trials().size()];
    Arrays.fill(largestP, 1);
  }

  /**
   * Leaves out of a trial the neurons with a larger p-value there.
   *
   * @param trial index of the trial in the plan
   */
  public void limit(int trial, double pValue) {
    largestP[trial] = pValue;
  }

  /**
   * Adds the candidates of a shard to those of others; call {@link #sort} when all are in.
   *
   * @param trial index of the trial in the plan
   */
  public void add(int trial, Slot slot, Collection<Candidate> candidates) {
    ranked.computeIfAbsent(new Key(trial, slot), key -> new ArrayList<>()).addAll(candidates);
  }

  /** Orders what was added. */
  public void sort() {
    ranked.values().forEach(candidates -> candidates.sort(Candidate.BEST_FIRST));
  }

  /**
   * The best neurons of layers up to the exit layer. Detectors take turns: each label's best, then
   * each label's second, so that all labels have as many, give or take one.
   *
   * @param count at most this many
   */
  public List<Place> best(int trial, Rule rule, ModelLayer exitLayer, int count) {
    List<Slot> slots = plan.slots().stream().filter(slot -> slot.rule() == rule).toList();
    int each = (count + slots.size() - 1) / slots.size();
    List<List<Place>> bySlot = slots.stream().map(s -> best(trial, s, exitLayer, each)).toList();
    List<Place> places = new ArrayList<>();
    for (int rank = 0; rank < each; rank++) {
      for (List<Place> ofSlot : bySlot) {
        if (rank < ofSlot.size() && places.size() < count) {
          places.add(ofSlot.get(rank));
        }
      }
    }
    return places;
  }

  private List<Place> best(int trial, Slot slot, ModelLayer exitLayer, int count) {
    return ranked.getOrDefault(new Key(trial, slot), List.of()).stream()
        .filter(candidate -> candidate.neuron().modelLayer().compareTo(exitLayer) <= 0)
        .filter(candidate -> candidate.pValue() <= largestP[trial])
        .limit(count)
        .map(c -> new Place(new Contender(trial, slot, c.neuron()), c))
        .toList();
  }

  /** The best score of any neuron in a trial; NaN if there is none. */
  public double bestScore(int trial) {
    return plan.slots().stream()
        .map(slot -> ranked.getOrDefault(new Key(trial, slot), List.of()))
        .filter(candidates -> !candidates.isEmpty())
        .mapToDouble(candidates -> candidates.get(0).fitScore())
        .max()
        .orElse(Double.NaN);
  }

  /**
   * Every contender that is among the best for some exit layer: the neurons whose votes are needed
   * to choose.
   *
   * @param rules that may be chosen
   * @param exitLayers that may be chosen
   * @param count how many of the best, for each trial, rule and exit layer
   */
  public Set<Contender> leaders(List<Rule> rules, Collection<ModelLayer> exitLayers, int count) {
    Set<Contender> leaders = new LinkedHashSet<>();
    for (int trial = 0; trial < plan.trials().size(); trial++) {
      for (Rule rule : rules) {
        for (ModelLayer exitLayer : exitLayers) {
          best(trial, rule, exitLayer, count).forEach(place -> leaders.add(place.contender()));
        }
      }
    }
    return leaders;
  }
}
