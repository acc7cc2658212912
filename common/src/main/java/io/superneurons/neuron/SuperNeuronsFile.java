package io.superneurons.neuron;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.Site;
import io.superneurons.activation.StoreDType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The shape of {@code superneurons.json}: names in place of label indexes and enums. */
record SuperNeuronsFile(
    ModelIdentity model,
    Map<String, Object> prompt,
    Map<String, Object> image,
    String dtype,
    String computeDtype,
    Map<String, String> versions,
    List<Task> tasks) {

  static SuperNeuronsFile of(SuperNeurons superNeurons) {
    return new SuperNeuronsFile(
        superNeurons.model(),
        superNeurons.prompt(),
        superNeurons.image(),
        superNeurons.storeDType().label(),
        superNeurons.computeDType(),
        superNeurons.versions(),
        superNeurons.tasks().stream().map(Task::of).toList());
  }

  SuperNeurons toSuperNeurons() {
    return new SuperNeurons(
        model,
        Objects.requireNonNullElse(prompt, Map.of()),
        Objects.requireNonNullElse(image, Map.of()),
        StoreDType.of(Objects.requireNonNull(dtype, "dtype")),
        Objects.requireNonNullElse(computeDtype, "auto"),
        Objects.requireNonNullElse(versions, Map.of()),
        Objects.requireNonNull(tasks, "tasks").stream().map(Task::toSuperNeurons).toList());
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Task(
      String task,
      String question,
      List<String> labels,
      int exitLayer,
      String rule,
      String vote,
      String metric,
      String chosenOn,
      List<Member> neurons,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, Map<String, Double>>> baselines) {

    static Task of(TaskSuperNeurons task) {
      return new Task(
          task.task(),
          task.question().orElse(null),
          task.labels(),
          task.exitLayer(),
          task.rule().label(),
          task.voting().label(),
          task.metric().label(),
          task.chosenOn().label(),
          task.neurons().stream().map(n -> Member.of(n, task.labels())).toList(),
          task.metrics(),
          task.baselines());
    }

    TaskSuperNeurons toSuperNeurons() {
      Rule fitted = Rule.of(Objects.requireNonNull(rule, "rule of task " + task));
      return new TaskSuperNeurons(
          Objects.requireNonNull(task, "task"),
          Optional.ofNullable(question),
          Objects.requireNonNull(labels, "labels of task " + task),
          exitLayer,
          Voting.of(Objects.requireNonNull(vote, "vote of task " + task)),
          Metric.of(Objects.requireNonNullElse(metric, Metric.ACCURACY.label())),
          ChosenOn.of(Objects.requireNonNullElse(chosenOn, ChosenOn.VALIDATION.label())),
          Objects.requireNonNull(neurons, "neurons of task " + task).stream()
              .map(neuron -> neuron.toSuperNeuron(fitted, labels))
              .toList(),
          Objects.requireNonNullElse(metrics, Map.of()),
          Objects.requireNonNullElse(baselines, Map.of()));
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Member(
      int layer,
      String site,
      int index,
      String label,
      int polarity,
      double[] thresholds,
      double[] means,
      double weight,
      Double probe,
      Double validation) {

    static Member of(SuperNeuron member, List<String> labels) {
      FittedRule fitted = member.fitted();
      return new Member(
          member.neuron().layer(),
          member.neuron().site().label(),
          member.neuron().index(),
          fitted.detected() == Confusion.NO_LABEL ? null : labels.get(fitted.detected()),
          fitted.polarity(),
          fitted.thresholds().length == 0 ? null : fitted.thresholds(),
          fitted.means().length == 0 ? null : fitted.means(),
          member.weight(),
          finite(member.probe()),
          finite(member.validation()));
    }

    /** JSON has no NaN. */
    private static Double finite(double value) {
      return Double.isFinite(value) ? value : null;
    }

    SuperNeuron toSuperNeuron(Rule rule, List<String> labels) {
      return new SuperNeuron(
          new Neuron(layer, Site.of(Objects.requireNonNull(site, "site of a neuron")), index),
          fitted(rule, labels),
          weight,
          probe == null ? Double.NaN : probe,
          validation == null ? Double.NaN : validation);
    }

    private FittedRule fitted(Rule rule, List<String> labels) {
      return switch (rule) {
        case ZERO, MIDPOINT, BEST_CUT -> FittedRule.cut(rule, polarity, threshold());
        case ONE_VS_REST -> FittedRule.detector(indexOf(label, labels), polarity, threshold());
        case NEAREST_MEAN -> {
          if (means == null || means.length != labels.size()) {
            throw new IllegalArgumentException("A neuron needs a mean for each of " + labels);
          }
          yield FittedRule.nearestMean(means);
        }
      };
    }

    private double threshold() {
      if (thresholds == null || thresholds.length != 1) {
        throw new IllegalArgumentException("A neuron with a cut needs one threshold");
      }
      return thresholds[0];
    }

    private static int indexOf(String label, List<String> labels) {
      int index = labels.indexOf(label);
      if (index < 0) {
        throw new IllegalArgumentException("'" + label + "' is none of the labels " + labels);
      }
      return index;
    }
  }
}
