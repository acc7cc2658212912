package io.superneurons.neuron.choose;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Chooses the size that images are shrunk to, one for all tasks, since tasks that share images
 * share the vision tower's work. Of two sizes the costlier counts as the one to be matched: a size
 * will do if no task is worse by it than by any costlier one, beyond the task's tolerance. The
 * cheapest that will do is taken; the costliest always will.
 */
public final class SizeChoice {
  private static final double SAME = 1e-12;

  private final List<OfSize> sizes;
  private final List<Tolerance> tolerances;

  /**
   * What a task comes to at one size.
   *
   * @param score of the best choice there, on the rows that choose
   * @param nested what choosing there is worth on rows that had no say in it; empty if not known
   */
  public record Worth(double score, OptionalDouble nested) {
    /** Of a task that no neuron can serve, or that has no say. */
    public static final Worth NOTHING = new Worth(Double.NaN, OptionalDouble.empty());
  }

  /**
   * One size.
   *
   * @param tasks what each comes to, in their order
   * @param cost of all tasks at their exits
   * @param wholeCost of all tasks through the whole model, which decides where costs are equal
   */
  public record OfSize(List<Worth> tasks, double cost, double wholeCost) {
    public OfSize {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A choice among sizes of the same tasks.
   *
   * @param tolerances of each task, in their order
   */
  public SizeChoice(List<OfSize> sizes, List<Tolerance> tolerances) {
    this.sizes = List.copyOf(sizes);
    this.tolerances = List.copyOf(tolerances);
    if (sizes.isEmpty() || sizes.stream().anyMatch(s -> s.tasks.size() != tolerances.size())) {
      throw new IllegalArgumentException("Sizes need one worth for each task's tolerance");
    }
  }

  /** The cheapest size that will do, by its place in the list; of equals the first. */
  public int choose() {
    return IntStream.range(0, sizes.size())
        .filter(this::willDo)
        .boxed()
        .min(cheapestFirst())
        .orElseThrow();
  }

  /** Whether no task is worse by a size than by any costlier one, beyond its tolerance. */
  public boolean willDo(int size) {
    return IntStream.range(0, tolerances.size()).allMatch(task -> matches(size, task));
  }

  private boolean matches(int size, int task) {
    Tolerance tolerance = tolerances.get(task);
    return costlierOrSame(size)
        .allMatch(
            other -> {
              Worth own = sizes.get(size).tasks.get(task);
              Worth best = sizes.get(other).tasks.get(task);
              return holds(own.score, best.score, tolerance)
                  && (own.nested.isEmpty()
                      || best.nested.isEmpty()
                      || holds(own.nested.getAsDouble(), best.nested.getAsDouble(), tolerance));
            });
  }

  /** A task that the other size cannot serve loses nothing. */
  private static boolean holds(double own, double best, Tolerance tolerance) {
    return Double.isNaN(best) || own >= best - tolerance.below(best) - SAME;
  }

  /**
   * What a size leaves of a task's tolerance for earlier exits and simpler votes, so that both
   * together stay within it.
   */
  public Tolerance left(int size, int task) {
    double own = sizes.get(size).tasks.get(task).score;
    if (Double.isNaN(own)) {
      return tolerances.get(task);
    }
    double best =
        costlierOrSame(size)
            .mapToDouble(other -> sizes.get(other).tasks.get(task).score)
            .filter(score -> !Double.isNaN(score))
            .max()
            .orElse(own);
    return tolerances.get(task).after(best - own);
  }

  private IntStream costlierOrSame(int size) {
    return IntStream.range(0, sizes.size())
        .filter(other -> other == size || cheapestFirst().compare(size, other) < 0);
  }

  private Comparator<Integer> cheapestFirst() {
    return by(OfSize::cost).thenComparing(by(OfSize::wholeCost));
  }

  private Comparator<Integer> by(ToDoubleFunction<OfSize> cost) {
    return Comparator.comparingDouble(size -> cost.applyAsDouble(sizes.get(size)));
  }
}
