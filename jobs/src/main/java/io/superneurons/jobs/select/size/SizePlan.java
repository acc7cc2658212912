package io.superneurons.jobs.select.size;

import io.superneurons.jobs.select.choose.OpenTask;
import io.superneurons.jobs.select.choose.Selected;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.choose.SizeChoice;
import io.superneurons.neuron.choose.Tolerance;
import io.superneurons.neuron.chosen.ExitPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The sizes of images that were compared, and the one that is chosen for all tasks.
 *
 * @param sizes in the order of the folders
 * @param chosen the place of one of them
 * @param ofRows whether costs are by the tokens of the rows that were run
 */
public record SizePlan(List<TriedSize> sizes, int chosen, boolean ofRows) {
  public SizePlan {
    sizes = List.copyOf(sizes);
  }

  /**
   * Searches every size and chooses one.
   *
   * @param sizes the settings for the folders of each
   * @param place a folder for what is needed only meanwhile
   * @param told hears of the rows, which are the same at all sizes
   * @throws io.superneurons.jobs.cli.ConfigurationException if they are not the same
   */
  public static SizePlan search(
      SparkSession spark, List<SelectSettings> sizes, Sets sets, String place, RowsListener told) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SizeCosts costs = SizeCosts.of(sizes, context.hadoopConfiguration());
    for (SelectSettings other : sizes.subList(1, sizes.size())) {
      SameRows.require(spark, sizes.get(0), other);
    }
    List<TriedSize> tried = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      OpenedFolders opened =
          OpenedFolders.open(
              spark,
              sizes.get(i),
              sets,
              place + "/size-" + i,
              i == 0 ? told : new RowsListener() {});
      tried.add(
          new TriedSize(
              opened,
              costs.passes().get(i),
              opened.searches(context).run(opened.tasks(), TriedSize.Found::of)));
    }
    return new SizePlan(tried, choice(tried).choose(), costs.ofRows());
  }

  /** A task that luck explains at every size has no say: its scores are noise. */
  private static SizeChoice choice(List<TriedSize> tried) {
    return new SizeChoice(
        tried.stream()
            .map(size -> size.ofSize(task -> tried.stream().anyMatch(any -> any.knows(task))))
            .toList(),
        tried.get(0).opened().tasks().stream().map(task -> task.space().tolerance()).toList());
  }

  /** The folders of the size that is chosen. */
  public OpenedFolders opened() {
    return sizes.get(chosen).opened();
  }

  /** Their tasks, each with what the size leaves of its tolerance. */
  public List<OpenTask> tasks() {
    List<OpenTask> tasks = opened().tasks();
    SizeChoice choice = choice(sizes);
    return IntStream.range(0, tasks.size())
        .mapToObj(
            task -> {
              Tolerance left = choice.left(chosen, task);
              return tasks.get(task).with(left);
            })
        .toList();
  }

  /** Whether no task is worse at a size than at any costlier one, beyond its tolerance. */
  public boolean willDo(int size) {
    return choice(sizes).willDo(size);
  }

  /** What was selected with the exits of all sizes. */
  public List<Optional<Selected>> withExits(List<Optional<Selected>> outcomes) {
    return IntStream.range(0, outcomes.size())
        .mapToObj(task -> outcomes.get(task).map(selected -> selected.withExitPlan(exits(task))))
        .toList();
  }

  /** The exits of a task at all sizes, with their costs as shares of the costliest whole pass. */
  List<ExitPoint> exits(int task) {
    return sizes.stream().flatMap(size -> exits(size, task).stream()).toList();
  }

  private List<ExitPoint> exits(TriedSize size, int task) {
    Optional<TriedSize.Found> found = size.found().get(task);
    return found.map(TriedSize.Found::exits).orElse(List.of()).stream()
        .map(exit -> exit.withCost(size.cost(exit.exitLayer()) / whole()).ofImages(size.image()))
        .toList();
  }

  /** The share of the costliest whole pass that a size takes up to a task's exit there. */
  public double share(TriedSize size, TriedSize.Found found) {
    return size.cost(found.exit()) / whole();
  }

  private double whole() {
    return sizes.stream().mapToDouble(TriedSize::wholeCost).max().orElseThrow();
  }
}
