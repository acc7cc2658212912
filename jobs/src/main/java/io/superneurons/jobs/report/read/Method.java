package io.superneurons.jobs.report.read;

import io.superneurons.jobs.results.Evaluation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A way to classify that the tables compare.
 *
 * @param label its name in select's table {@code evaluations}
 */
public record Method(String label) {
  public static final Method SUPER_NEURONS = new Method(Evaluation.SUPER_NEURONS);
  public static final Method MODEL_ANSWER = new Method(Evaluation.MODEL_ANSWER);

  private static final List<String> FIRST =
      List.of(
          "super_neurons",
          "model_answer",
          "savs",
          "hec",
          "calm",
          "linear_probe",
          "random_neurons",
          "majority");
  private static final Map<String, String> TITLES =
      Map.of(
          "super_neurons", "Super Neurons",
          "model_answer", "Model’s own answer",
          "savs", "SAVs",
          "hec", "HEC",
          "calm", "CALM",
          "linear_probe", "Linear probe",
          "random_neurons", "Random neurons",
          "majority", "Majority class");
  private static final Comparator<Method> ORDER =
      Comparator.<Method>comparingInt(m -> FIRST.contains(m.label) ? FIRST.indexOf(m.label) : 99)
          .thenComparing(Method::label);

  /** The methods that those results have, in the order in which they are shown. */
  public static List<Method> of(List<TaskResults> tasks) {
    TreeSet<Method> methods = new TreeSet<>(ORDER);
    tasks.forEach(
        task -> task.evaluations().stream().map(m -> new Method(m.method())).forEach(methods::add));
    return List.copyOf(methods);
  }

  /** The name in tables of text. */
  public String shortTitle() {
    return this.equals(MODEL_ANSWER) ? "own answer" : label.replace('_', ' ');
  }

  /** The name for people. */
  public String title() {
    return TITLES.getOrDefault(label, label.replace('_', ' '));
  }
}
