package io.superneurons.jobs.select.choose;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import io.superneurons.neuron.choose.Ensemble;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.rule.Slot;
import io.superneurons.neuron.score.Candidate;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The baseline of neurons that nobody chose: from a seeded pool of any layer and site, as many as
 * the Super Neurons, fitted by the same rule, with equal votes; several draws.
 */
final class RandomNeurons {
  private static final int POOL = 256;
  private static final int DRAWS = 20;

  private final long seed;

  RandomNeurons(long seed) {
    this.seed = seed;
  }

  /** The pool: the same neurons for each rule of the plan. */
  List<Contender> pool(TaskPlan plan, List<LayerSite> columns, ActivationLayout layout) {
    SplittableRandom random = new SplittableRandom(seed);
    long neurons = columns.stream().mapToLong(column -> layout.width(column)).sum();
    Set<Long> drawn = new LinkedHashSet<>();
    while (drawn.size() < Math.min(POOL, neurons)) {
      drawn.add(random.nextLong(neurons));
    }
    List<Contender> pool = new ArrayList<>();
    for (Rule rule : plan.slots().stream().map(Slot::rule).distinct().toList()) {
      List<Slot> slots = plan.slots().stream().filter(slot -> slot.rule() == rule).toList();
      for (long number : drawn) {
        Slot slot = slots.get(pool.size() % slots.size());
        pool.add(new Contender(plan.finalTrial(), slot, neuron(number, columns, layout)));
      }
    }
    return pool;
  }

  private static Neuron neuron(long number, List<LayerSite> columns, ActivationLayout layout) {
    long index = number;
    for (LayerSite column : columns) {
      int width = layout.width(column);
      if (index < width) {
        return new Neuron(column.layer(), column.site(), (int) index);
      }
      index -= width;
    }
    throw new IllegalArgumentException("There is no neuron " + number);
  }

  /** What each draw says of every row of the task; fewer neurons where the pool is too small. */
  List<Verdicts> verdicts(
      TaskPlan plan, List<Contender> pool, Map<Contender, Ballot> ballots, Rule rule, int topK) {
    List<Contender> usable =
        new ArrayList<>(
            pool.stream().filter(c -> c.slot().rule() == rule && ballots.containsKey(c)).toList());
    SplittableRandom random = new SplittableRandom(seed + 1);
    List<Verdicts> draws = new ArrayList<>();
    for (int draw = 0; draw < DRAWS && !usable.isEmpty(); draw++) {
      List<Rankings.Place> members = new ArrayList<>();
      for (int i = 0; i < Math.min(topK, usable.size()); i++) {
        int swapped = i + random.nextInt(usable.size() - i);
        Contender drawn = usable.set(swapped, usable.get(i));
        usable.set(i, drawn);
        members.add(new Rankings.Place(drawn, Candidate.unscored(drawn.neuron())));
      }
      Ensemble ensemble = Ensemble.ofEqualVotes(members);
      draws.add(ensemble.verdicts(ballots, plan.rows().size(), plan.rows().labels().size()));
    }
    return draws;
  }
}
