package io.superneurons.jobs.select.scan;

import io.superneurons.neuron.baseline.AttentionHead;
import io.superneurons.neuron.baseline.GaussianHead;
import io.superneurons.neuron.baseline.HeadVectors;
import io.superneurons.neuron.baseline.ReliableHeads;
import io.superneurons.neuron.rows.TaskPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What a shard's attention heads say for the baselines, of one task.
 *
 * @param nearest the best by their centroids, of each trial that votes in the end
 * @param gaussian the best by their Gaussians, likewise
 * @param reliable sums of all
 */
public record Heads(
    List<AttentionHead> nearest, List<GaussianHead> gaussian, List<ReliableHeads> reliable)
    implements Serializable {
  /** Those of a shard that has no heads. */
  static final Heads NONE = new Heads(List.of(), List.of(), List.of());

  /** No heads yet. */
  static Heads empty(TaskPlan plan) {
    return new Heads(
        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(List.of(new ReliableHeads(plan))));
  }

  /**
   * Takes in a head.
   *
   * @param dimensions the values of its scalars [scalars of the head][rows of the task]
   */
  void add(int layer, int head, float[][] dimensions, TaskPlan plan) {
    HeadVectors vectors = HeadVectors.of(layer, head, dimensions);
    HeadVectors unit = vectors.atLengthOne();
    for (int trial : IntStream.of(TaskPlan.MAIN, plan.finalTrial()).distinct().toArray()) {
      nearest.add(AttentionHead.of(trial, layer, head, dimensions, plan));
      gaussian.add(GaussianHead.of(trial, unit, plan));
      keep(nearest, AttentionHead::trial, trial, AttentionHead.BEST_FIRST);
      keep(gaussian, GaussianHead::trial, trial, GaussianHead.BEST_FIRST);
    }
    reliable.get(0).add(vectors, unit, plan);
  }

  /** Drops the worst of a trial where there are more than vote. */
  private static <T> void keep(
      List<T> heads, ToIntFunction<T> trialOf, int trial, Comparator<T> bestFirst) {
    List<T> ofTrial = heads.stream().filter(head -> trialOf.applyAsInt(head) == trial).toList();
    if (ofTrial.size() > AttentionHead.VOTERS) {
      heads.remove(ofTrial.stream().max(bestFirst).orElseThrow());
    }
  }

  /** Those of all shards. */
  public static Heads of(List<Heads> parts) {
    return new Heads(
        parts.stream().flatMap(part -> part.nearest.stream()).toList(),
        parts.stream().flatMap(part -> part.gaussian.stream()).toList(),
        parts.stream().flatMap(part -> part.reliable.stream()).toList());
  }

  /** Whether there are any. */
  public boolean any() {
    return !nearest.isEmpty();
  }

  /** Bytes that those of one shard take. */
  public static long bytes(TaskPlan plan) {
    long cells = (long) plan.rows().size() * plan.rows().labels().size();
    return 2L * GaussianHead.VOTERS * Float.BYTES * cells + ReliableHeads.bytes(plan);
  }
}
