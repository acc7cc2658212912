package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.neuron.rows.TaskRows;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.PairedTest;
import io.superneurons.neuron.vote.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares Super Neurons with the baselines on the same rows. */
final class Comparisons {
  private Comparisons() {}

  /**
   * The comparisons on every set that has rows. A baseline of several draws says no one thing of a
   * row and is left out, and so is one that says no label of any row of a set, as a model whose
   * answers are not among the labels.
   *
   * @param methods the Super Neurons first
   */
  static List<Comparison> of(TaskRows rows, Sets sets, List<Evaluations.Method> methods) {
    List<Comparison> comparisons = new ArrayList<>();
    Verdicts ours = methods.get(0).draws().get(0);
    for (Evaluations.Method method : methods.subList(1, methods.size())) {
      for (int set = 0; set < rows.sets() && method.draws().size() == 1; set++) {
        int from = rows.start(set);
        int to = rows.end(set);
        int[] theirs = method.draws().get(0).of(from, to).predicted();
        if (Arrays.stream(theirs).anyMatch(label -> label != Confusion.NO_LABEL)) {
          PairedTest test =
              PairedTest.of(
                  Arrays.copyOfRange(rows.given(), from, to),
                  Arrays.copyOfRange(rows.images(), from, to),
                  ours.of(from, to).predicted(),
                  theirs);
          comparisons.add(new Comparison(rows.task(), sets.name(set), method.name(), test));
        }
      }
    }
    return comparisons;
  }
}
