package io.superneurons.jobs.select.choose;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.results.CurvePoint;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.choose.Choice;
import io.superneurons.neuron.choose.Chooser;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What other exit layers and other numbers of neurons would have reached on one task. */
final class Curves {
  private final Sets sets;
  private final TaskPlan plan;
  private final Chooser chooser;

  Curves(Sets sets, TaskPlan plan, Chooser chooser) {
    this.sets = sets;
    this.plan = plan;
    this.chooser = chooser;
  }

  /**
   * The points of both curves. The point of the exit layer and of the number of neurons that were
   * chosen are the choice's own, whatever else scores as well there.
   *
   * @param choices that were tried
   * @param choice the one that was made
   * @param exitLayer of the deepest neuron that it came to
   * @param shown numbers of neurons
   */
  List<CurvePoint> points(
      List<Choice> choices, Choice choice, ModelLayer exitLayer, List<Integer> shown) {
    Map<ModelLayer, Choice> byLayer = new TreeMap<>();
    for (ModelLayer layer : choices.stream().map(Choice::exitLayer).distinct().toList()) {
      byLayer.put(layer, Chooser.bestAt(choices, layer));
    }
    byLayer.put(exitLayer, choice);
    List<CurvePoint> points = new ArrayList<>();
    byLayer.forEach((layer, best) -> points.addAll(points(best, along(layer), layer.number())));
    byNumber(choice, shown)
        .forEach((k, other) -> points.addAll(points(other, CurvePoint.Along.TOP_K, k)));
    return points;
  }

  /**
   * The choice with other numbers of neurons, by how many vote in the end, which are fewer than
   * asked for where there are no more.
   */
  private SortedMap<Integer, Choice> byNumber(Choice choice, List<Integer> shown) {
    SortedMap<Integer, Choice> byNumber = new TreeMap<>();
    byNumber.put(number(choice), choice);
    for (int most : shown) {
      Choice other = choice.withMost(most);
      int number = number(other);
      if (!byNumber.containsKey(number)) {
        byNumber.put(number, chooser.scored(other));
      }
    }
    return byNumber;
  }

  private int number(Choice choice) {
    return chooser.ensemble(choice).members().size();
  }

  private static CurvePoint.Along along(ModelLayer layer) {
    return layer.inTower() ? CurvePoint.Along.EXIT_TOWER_LAYER : CurvePoint.Along.EXIT_LAYER;
  }

  private List<CurvePoint> points(Choice choice, CurvePoint.Along along, int x) {
    TaskRows task = plan.rows();
    List<CurvePoint> points = new ArrayList<>();
    if (plan.chosenOn() == ChosenOn.CROSS_VALIDATION) {
      String set = ChosenOn.CROSS_VALIDATION.label();
      points.add(new CurvePoint(task.task(), set, along, x, choice.score()));
    }
    Verdicts verdicts = chooser.verdicts(choice);
    for (int set = 0; set < sets.size(); set++) {
      if (task.size(set) > 0) {
        int[] given = Arrays.copyOfRange(task.given(), task.start(set), task.end(set));
        double value =
            verdicts
                .of(task.start(set), task.end(set))
                .score(plan.metric(), given, task.labels().size());
        points.add(new CurvePoint(task.task(), sets.name(set), along, x, value));
      }
    }
    return points;
  }
}
