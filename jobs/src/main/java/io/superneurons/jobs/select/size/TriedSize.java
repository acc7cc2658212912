package io.superneurons.jobs.select.size;

import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.PassCost;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.jobs.select.choose.OpenTask;
import io.superneurons.jobs.select.choose.Searches;
import io.superneurons.neuron.choose.Choice;
import io.superneurons.neuron.choose.Chooser;
import io.superneurons.neuron.choose.SizeChoice;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.statistics.Discoveries;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One of the sizes of images, searched.
 *
 * @param opened its folders
 * @param pass what a pass costs
 * @param found what each task comes to, in their order; empty where no neuron can serve it
 */
public record TriedSize(OpenedFolders opened, PassCost pass, List<Optional<Found>> found) {
  public TriedSize {
    Objects.requireNonNull(opened, "opened");
    Objects.requireNonNull(pass, "pass");
    found = List.copyOf(found);
  }

  /**
   * What a task comes to.
   *
   * @param exits the best choice for each exit layer
   * @param exit the layer that is chosen with the whole tolerance
   * @param worth of choosing
   * @param discoveries how many neurons luck does not explain; nothing where all may vote
   */
  public record Found(
      List<ExitPoint> exits,
      ModelLayer exit,
      SizeChoice.Worth worth,
      Optional<Discoveries> discoveries) {
    public Found {
      exits = List.copyOf(exits);
    }

    /**
     * What it is worth on rows that had no say in it; where that is not known, on those that had.
     */
    public double heldOut() {
      return worth.nested().orElse(worth.score());
    }

    /** Nothing where no neuron of the task varies. */
    static Optional<Found> of(OpenTask task, Searches.Searched searched) {
      Chooser chooser = searched.chooser();
      List<Choice> choices = chooser.all(task.space());
      if (choices.isEmpty()) {
        return Optional.empty();
      }
      double nested = chooser.nestedScore(choices, task.space().tolerance());
      return Optional.of(
          new Found(
              chooser.exitPlan(choices),
              Chooser.choose(choices, task.space().tolerance()).exitLayer(),
              new SizeChoice.Worth(
                  Chooser.best(choices).score(),
                  Double.isNaN(nested) ? OptionalDouble.empty() : OptionalDouble.of(nested)),
              searched.discoveries()));
    }
  }

  /** How images were prepared. */
  Map<String, Object> image() {
    return opened.folders().first().image();
  }

  /** The size for people. */
  public String text() {
    return SizeLimits.of(image()).text();
  }

  /** The cost of a pass through the whole model. */
  double wholeCost() {
    return pass.whole(opened.folders().first().layout().layers());
  }

  /**
   * The cost of a pass up to a layer; up to the tower's end where it is not known what its layers
   * cost.
   */
  double cost(ModelLayer exit) {
    return exit.inTower() && !pass.knowsTower() ? pass.tower() : pass.upTo(exit);
  }

  /** Whether a task has neurons here that luck does not explain, as far as that was asked. */
  boolean knows(int task) {
    return found
        .get(task)
        .filter(f -> f.discoveries().map(Discoveries::any).orElse(true))
        .isPresent();
  }

  /**
   * The size as what is chosen among.
   *
   * @param hasSay whether a task has a say in the choice, by its place
   */
  SizeChoice.OfSize ofSize(IntPredicate hasSay) {
    return new SizeChoice.OfSize(
        IntStream.range(0, found.size())
            .mapToObj(task -> found.get(task).filter(f -> hasSay.test(task)))
            .map(one -> one.map(Found::worth).orElse(SizeChoice.Worth.NOTHING))
            .toList(),
        found.stream()
            .mapToDouble(one -> one.map(f -> cost(f.exit())).orElseGet(this::wholeCost))
            .sum(),
        found.size() * wholeCost());
  }
}
