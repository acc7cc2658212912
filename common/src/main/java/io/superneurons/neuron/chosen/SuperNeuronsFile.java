package io.superneurons.neuron.chosen;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.superneurons.activation.ModelIdentity;
import io.superneurons.activation.StoreDType;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.statistics.Metric;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
      String exitPart,
      String rule,
      String vote,
      String metric,
      String chosenOn,
      String fittedOn,
      String labelsFrom,
      Double abstainBelow,
      ChosenFile.Pick pick,
      List<LevelFile.Member> neurons,
      List<LevelFile> deeper,
      HeldOutFile heldOut,
      LevelFile bestAnywhere,
      List<ChosenFile.Exit> exitPlan,
      ChosenFile.Shuffled permutations,
      Discoveries discoveries,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, Map<String, Double>>> baselines,
      Map<String, Long> probingLabels) {

    static Task of(TaskSuperNeurons task) {
      LevelFile own = LevelFile.of(task.level(), task.labels());
      List<LevelFile> deeper =
          task.cascade().deeper().stream().map(l -> LevelFile.of(l, task.labels())).toList();
      Chosen chosen = task.chosen();
      List<ChosenFile.Exit> exits = chosen.exitPlan().stream().map(ChosenFile.Exit::of).toList();
      return new Task(
          task.task(),
          task.question().orElse(null),
          task.labels(),
          own.exitLayer(),
          own.exitPart(),
          own.rule(),
          own.vote(),
          task.metric().label(),
          chosen.on().label(),
          chosen.fittedOn().label(),
          chosen.labelsFrom() == LabelsFrom.COLUMN ? null : chosen.labelsFrom().label(),
          chosen.abstainBelow() > 0 ? chosen.abstainBelow() : null,
          chosen.picking().map(ChosenFile.Pick::of).orElse(null),
          task.probing().map(profile -> with(profile, own.neurons())).orElse(own.neurons()),
          deeper.isEmpty() ? null : deeper,
          task.cascade().heldOut().map(rows -> HeldOutFile.of(rows, task.levels())).orElse(null),
          task.bestAnywhere().map(level -> LevelFile.of(level, task.labels())).orElse(null),
          exits.isEmpty() ? null : exits,
          chosen.permutations().map(ChosenFile.Shuffled::of).orElse(null),
          chosen.discoveries().orElse(null),
          task.metrics(),
          task.baselines(),
          task.probing().map(TaskProfile::labels).orElse(null));
    }

    private static List<LevelFile.Member> with(
        TaskProfile profile, List<LevelFile.Member> neurons) {
      return IntStream.range(0, neurons.size())
          .mapToObj(i -> neurons.get(i).with(profile.neurons().get(i)))
          .toList();
    }

    TaskSuperNeurons toSuperNeurons() {
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(labels, "labels of task " + task);
      Level own = level(new LevelFile(exitLayer, exitPart, rule, vote, neurons));
      return new TaskSuperNeurons(
          task,
          Optional.ofNullable(question),
          labels,
          own,
          cascade(own),
          Optional.ofNullable(bestAnywhere).map(this::level),
          Metric.of(Objects.requireNonNullElse(metric, Metric.ACCURACY.label())),
          ChosenFile.toChosen(
              chosenOn,
              fittedOn,
              abstainBelow,
              pick,
              exitPlan,
              permutations,
              discoveries,
              labelsFrom),
          Objects.requireNonNullElse(metrics, Map.of()),
          Objects.requireNonNullElse(baselines, Map.of()),
          probing());
    }

    /** Files of earlier versions do not say. */
    private Optional<TaskProfile> probing() {
      List<NeuronProfile> profiles =
          neurons.stream().map(LevelFile.Member::profile).flatMap(Optional::stream).toList();
      return probingLabels == null || profiles.isEmpty()
          ? Optional.empty()
          : Optional.of(new TaskProfile(probingLabels, profiles));
    }

    private Cascade cascade(Level own) {
      List<Level> others = deeper == null ? List.of() : deeper.stream().map(this::level).toList();
      List<Level> levels = Stream.concat(Stream.of(own), others.stream()).toList();
      return new Cascade(
          others,
          Optional.ofNullable(heldOut)
              .filter(file -> file.holdsFor(levels))
              .map(file -> file.toHeldOut("task " + task)));
    }

    private Level level(LevelFile file) {
      return file.toLevel(labels, "task " + task);
    }
  }
}
