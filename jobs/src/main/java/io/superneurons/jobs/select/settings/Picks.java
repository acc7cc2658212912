package io.superneurons.jobs.select.settings;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.neuron.vote.Picking;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of the ranked neurons may vote.
 *
 * @param kind how they are picked, or nothing where it is chosen with the rest
 * @param topK how many vote, or nothing where it is chosen
 * @param threshold the least score of a neuron that votes, where neurons are picked by it
 */
public record Picks(Optional<Picking.Kind> kind, OptionalInt topK, OptionalDouble threshold) {
  /** Odd, so that two labels cannot tie by majority. */
  private static final List<Integer> LADDER = List.of(1, 3, 5, 9, 15, 31, 63, 127);

  public Picks {
    if (topK.isPresent() && topK.getAsInt() < 1) {
      throw new ConfigurationException("--top-k must be positive, not " + topK.getAsInt());
    }
    boolean byThreshold = kind.equals(Optional.of(Picking.Kind.THRESHOLD));
    if (byThreshold != threshold.isPresent()) {
      throw new ConfigurationException("--pick threshold and --threshold X go together");
    }
    if (kind.equals(Optional.of(Picking.Kind.GREEDY)) && topK.orElse(1) > Picking.MOST_GREEDY) {
      throw new ConfigurationException(
          "--pick greedy takes at most --top-k " + Picking.MOST_GREEDY);
    }
  }

  /** What may be chosen, in order of preference. */
  public List<Picking> choosable() {
    if (kind.isEmpty()) {
      return topK.isPresent() ? best().toList() : Stream.concat(best(), greedy()).toList();
    }
    return switch (kind.get()) {
      case TOP_K -> best().toList();
      case THRESHOLD -> List.of(Picking.above(threshold.getAsDouble(), topK.orElse(most())));
      case GREEDY -> greedy().toList();
    };
  }

  private Stream<Picking> best() {
    return numbers().mapToObj(Picking::topK);
  }

  private Stream<Picking> greedy() {
    return numbers()
        .filter(k -> topK.isPresent() || k > 1 && k <= Picking.MOST_GREEDY)
        .mapToObj(Picking::greedy);
  }

  private IntStream numbers() {
    return topK.isPresent()
        ? IntStream.of(topK.getAsInt())
        : LADDER.stream().mapToInt(Integer::intValue);
  }

  /** Numbers of neurons that a curve of that way of picking shows, ascending. */
  public List<Integer> shown(Picking.Kind picked) {
    int most = topK.orElse(most());
    return IntStream.concat(
            LADDER.stream().mapToInt(Integer::intValue).filter(k -> k < most), IntStream.of(most))
        .filter(k -> picked != Picking.Kind.GREEDY || k <= Picking.MOST_GREEDY)
        .boxed()
        .toList();
  }

  /** The most neurons of a ranking that are looked at together. */
  public int most() {
    return Math.max(LADDER.get(LADDER.size() - 1), topK.orElse(1));
  }
}
