package io.superneurons.jobs.select.choose;

import io.superneurons.activation.ActivationsMetadata;
import io.superneurons.activation.ModelLayer;
import io.superneurons.activation.PassCost;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.jobs.results.Precision;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.settings.SelectSettings;
import io.superneurons.neuron.cascade.Calibration;
import io.superneurons.neuron.choose.CascadeLevels;
import io.superneurons.neuron.choose.Choice;
import io.superneurons.neuron.choose.Chooser;
import io.superneurons.neuron.choose.Ensemble;
import io.superneurons.neuron.chosen.Cascade;
import io.superneurons.neuron.chosen.Chosen;
import io.superneurons.neuron.chosen.ExitPoint;
import io.superneurons.neuron.chosen.Level;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.LabelsFrom;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Permutations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Selects the Super Neurons of one task from what the scans brought, and evaluates them. */
public final class TaskSelection {
  /** What the choices are scored on where there are no validation rows. */
  static final String CROSS_VALIDATION = ChosenOn.CROSS_VALIDATION.label();

  private final SelectSettings settings;
  private final Sets sets;
  private final OpenTask task;
  private final TaskPlan plan;

  /** What the parts of a pass cost, or null where that is not known. */
  private final PassCost pass;

  private final int layers;

  /**
   * The selection for one task.
   *
   * @param activations what the task's rows are of
   */
  public TaskSelection(
      SelectSettings settings, Sets sets, OpenTask task, ActivationsMetadata activations) {
    this.settings = settings;
    this.sets = sets;
    this.task = task;
    this.plan = task.plan();
    this.pass = activations.cost();
    this.layers = activations.layout().layers();
  }

  /**
   * Selects and evaluates.
   *
   * @param findings what the scans found for the task
   * @return nothing if no neuron of the task varies
   */
  public Optional<Selected> select(Findings findings) {
    Chooser chooser = new Chooser(plan, findings.rankings(), findings.ballots());
    List<Choice> choices = chooser.all(task.space());
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    Choice choice = Chooser.choose(choices, task.space().tolerance());
    Level level = level(chooser.ensemble(choice), choice, findings);
    List<Evaluations.Method> methods = methods(chooser, choice, level, findings);
    Cascade cascade = cascade(chooser, choices, choice, findings);
    Calibrated calibrated =
        Calibrated.of(plan.rows(), sets, methods.get(0), cascade.heldOut().orElseThrow());
    List<Evaluation> evaluations = evaluations(methods);
    evaluations.addAll(calibrated.errors());
    if (learntFromAnswers()) {
      task.words()
          .answers()
          .ifPresent(
              truth -> evaluations.addAll(TrueLabels.of(plan.rows(), sets, methods.get(0), truth)));
    }
    Level best = level(chooser.ensemble(Chooser.best(choices)), Chooser.best(choices), findings);
    Chosen chosen =
        new Chosen(
            plan.chosenOn(),
            plan.fittedOn(),
            settings.abstainBelow(),
            Optional.of(choice.picking()),
            exitPlan(chooser, choices),
            permutations(chooser),
            findings.discoveries(),
            settings.labelsFrom());
    double nested = chooser.nestedScore(choices, task.space().tolerance());
    TaskSuperNeurons superNeurons =
        superNeurons(choice, level, cascade, best, chosen, evaluations, nested);
    return Optional.of(
        new Selected(
            superNeurons,
            evaluations,
            new Curves(sets, plan, chooser)
                .points(
                    choices,
                    choice,
                    level.exitLayer(),
                    settings.picks().shown(choice.picking().kind())),
            calibrated.bins(),
            Comparisons.of(plan.rows(), sets, methods),
            others(),
            new Selected.Judged(
                methods.get(0).draws().get(0), Calibration.of(cascade.heldOut().orElseThrow(), 0)),
            SharedNeurons.best(superNeurons, findings.rankings()),
            List.of()));
  }

  private boolean learntFromAnswers() {
    return settings.labelsFrom() == LabelsFrom.ANSWER;
  }

  /**
   * The label that the model's answer names, of each row; where answers are the labels, nothing.
   */
  private Optional<int[]> answers() {
    return learntFromAnswers() ? Optional.empty() : task.words().answers();
  }

  private List<OtherAnswer> others() {
    if (learntFromAnswers()) {
      return List.of();
    }
    return task.words().others().entrySet().stream()
        .map(entry -> new OtherAnswer(plan.rows().task(), entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<ExitPoint> exitPlan(Chooser chooser, List<Choice> choices) {
    return chooser.exitPlan(choices).stream()
        .map(exit -> knowsCost(exit) ? exit.withCost(pass.share(exit.exitLayer(), layers)) : exit)
        .toList();
  }

  private boolean knowsCost(ExitPoint exit) {
    return pass != null && (pass.knowsTower() || !exit.exitLayer().inTower());
  }

  /** Whether the choice beats those on shuffled labels; nothing where none were asked for. */
  private Optional<Permutations> permutations(Chooser chooser) {
    Permutations.Run[] shuffled = task.shuffled().toArray(Permutations.Run[]::new);
    return shuffled.length == 0
        ? Optional.empty()
        : Optional.of(Permutations.of(chooser.run(task.space()), shuffled));
  }

  /** The neurons, to exit after the last of them. */
  private static Level level(Ensemble ensemble, Choice choice, Findings findings) {
    List<SuperNeuron> neurons = new ArrayList<>();
    for (int i = 0; i < ensemble.members().size(); i++) {
      Rankings.Place place = ensemble.members().get(i);
      neurons.add(
          new SuperNeuron(
              place.contender().neuron(),
              findings.ballots().get(place.contender()).rule(),
              ensemble.evidence()[i],
              place.candidate().probingScore(),
              place.candidate().validation()));
    }
    ModelLayer exitLayer =
        neurons.stream()
            .map(member -> member.neuron().modelLayer())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return new Level(exitLayer, choice.rule(), choice.voting(), neurons);
  }

  private List<Evaluation> evaluations(List<Evaluations.Method> methods) {
    List<Evaluation> evaluations = new ArrayList<>();
    for (Evaluations.Method method : methods) {
      evaluations.addAll(Evaluations.of(plan.rows(), sets, method, settings.seed()));
      if (method.name().equals(Evaluation.SUPER_NEURONS)) {
        evaluations.addAll(Abstention.of(plan.rows(), sets, method, settings.abstainBelow()));
      }
      if (method.name().equals(Evaluation.MODEL_ANSWER) && !method.draws().isEmpty()) {
        evaluations.addAll(Abstention.of(plan.rows(), sets, method, 0));
      }
    }
    return evaluations;
  }

  /** The Super Neurons first, then the baselines. */
  private List<Evaluations.Method> methods(
      Chooser chooser, Choice choice, Level level, Findings findings) {
    int topK = level.neurons().size();
    List<Evaluations.Method> methods = new ArrayList<>();
    methods.add(
        new Evaluations.Method(
            Evaluation.SUPER_NEURONS,
            List.of(chooser.verdicts(choice)),
            OptionalInt.of(topK),
            Baselines.layerOfDecoder(level.exitLayer())));
    methods.addAll(
        new Baselines(plan, findings).all(answers(), choice.rule(), topK, settings.seed()));
    return methods;
  }

  /** Deeper levels, and what all levels and the model say of the rows that chose. */
  private Cascade cascade(Chooser chooser, List<Choice> choices, Choice choice, Findings findings) {
    CascadeLevels levels = new CascadeLevels(plan, chooser);
    List<Choice> deeper = levels.deeper(choices, choice, settings.cascadeLevels());
    List<Choice> all = new ArrayList<>(List.of(choice));
    all.addAll(deeper);
    Optional<int[]> answers =
        answers()
            .map(answer -> Arrays.stream(plan.choosingRows()).map(row -> answer[row]).toArray());
    return new Cascade(
        deeper.stream().map(other -> level(chooser.ensemble(other), other, findings)).toList(),
        Optional.of(levels.heldOut(choices, all, task.space().tolerance(), answers)));
  }

  private TaskSuperNeurons superNeurons(
      Choice choice,
      Level level,
      Cascade cascade,
      Level best,
      Chosen chosen,
      List<Evaluation> evaluations,
      double nested) {
    var byMethod = Evaluations.byMethod(evaluations);
    Map<String, Map<String, Double>> metrics =
        new LinkedHashMap<>(byMethod.remove(Evaluation.SUPER_NEURONS));
    if (plan.chosenOn() == ChosenOn.CROSS_VALIDATION) {
      metrics.put(CROSS_VALIDATION, Map.of(plan.metric().label(), choice.score()));
    }
    if (!Double.isNaN(nested)) {
      double images = plan.rows().ofDistinctImages(plan.choosingRows()).length;
      Map<String, Double> ofNested = new LinkedHashMap<>();
      ofNested.put(plan.metric().label(), nested);
      ofNested.put(Precision.IMAGES, images);
      metrics.put(Precision.NESTED, ofNested);
    }
    return new TaskSuperNeurons(
        plan.rows().task(),
        task.words().question(),
        plan.rows().labels(),
        level,
        cascade,
        Optional.of(best),
        plan.metric(),
        chosen,
        metrics,
        byMethod,
        Optional.empty());
  }
}
