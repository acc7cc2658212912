package io.superneurons.neuron.chosen;

import io.superneurons.activation.ModelLayer;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The best choice for one exit layer.
 *
 * @param exitLayer neurons come from no later one
 * @param rule how neurons vote
 * @param voting how votes weigh
 * @param picking which of them vote
 * @param score the metric on the rows that choose
 * @param nested the metric on rows that had no say in which choice is the best; empty if not known
 * @param cost of exiting there, as a share of a pass through the whole model; empty if not known.
 *     Where image sizes were compared, of a pass at the costliest of them
 * @param image the size of images that it is for, as extract records it; empty where only one was
 *     tried
 */
public record ExitPoint(
    ModelLayer exitLayer,
    Rule rule,
    Voting voting,
    Picking picking,
    double score,
    OptionalDouble nested,
    OptionalDouble cost,
    Map<String, Object> image) {
  public ExitPoint {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(voting, "vote");
    Objects.requireNonNull(picking, "pick");
    Objects.requireNonNull(nested, "nested");
    Objects.requireNonNull(cost, "cost");
    image = Collections.unmodifiableMap(new LinkedHashMap<>(image));
  }

  /** The same with its cost, as a share from 0 to 1. */
  public ExitPoint withCost(double share) {
    return new ExitPoint(
        exitLayer, rule, voting, picking, score, nested, OptionalDouble.of(share), image);
  }

  /** The same for images of one of several sizes. */
  public ExitPoint ofImages(Map<String, Object> size) {
    return new ExitPoint(exitLayer, rule, voting, picking, score, nested, cost, size);
  }

  /** The score on rows that had no say in the choice; where it is not known, on those that had. */
  public double heldOut() {
    return nested.orElse(score);
  }
}
