package io.superneurons.jobs;

import io.superneurons.neuron.AnswerMatcher;
import io.superneurons.neuron.AttentionHead;
import io.superneurons.neuron.Cascade;
import io.superneurons.neuron.Choice;
import io.superneurons.neuron.ChoiceSpace;
import io.superneurons.neuron.Chooser;
import io.superneurons.neuron.ChosenOn;
import io.superneurons.neuron.Confusion;
import io.superneurons.neuron.Contender;
import io.superneurons.neuron.Ensemble;
import io.superneurons.neuron.Level;
import io.superneurons.neuron.Rankings;
import io.superneurons.neuron.SuperNeuron;
import io.superneurons.neuron.TaskPlan;
import io.superneurons.neuron.TaskProfile;
import io.superneurons.neuron.TaskRows;
import io.superneurons.neuron.TaskSuperNeurons;
import io.superneurons.neuron.Votes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Selects the Super Neurons of one task from what the scans brought, and evaluates them. */
final class SelectTask {
  /** What the choices are scored on where there are no validation rows. */
  static final String CROSS_VALIDATION = ChosenOn.CROSS_VALIDATION.label();

  private final SelectSettings settings;
  private final SelectSets sets;
  private final TaskPlan plan;
  private final List<SelectRow> rows;

  /** What the scans found for the task. */
  record Findings(
      Rankings rankings,
      Map<Contender, Votes> votes,
      List<AttentionHead> heads,
      List<Contender> randomPool) {}

  /** What is written for the task. */
  record Outcome(
      TaskSuperNeurons superNeurons,
      List<SelectEvaluation> evaluations,
      List<SelectCurvePoint> curves) {
    Outcome with(TaskProfile probing) {
      return new Outcome(superNeurons.withProbing(probing), evaluations, curves);
    }
  }

  SelectTask(SelectSettings settings, SelectSets sets, TaskPlan plan, List<SelectRow> rows) {
    this.settings = settings;
    this.sets = sets;
    this.plan = plan;
    this.rows = rows;
  }

  /**
   * Selects and evaluates.
   *
   * @param space what may be chosen
   * @return nothing if no neuron of the task varies
   */
  Optional<Outcome> select(ChoiceSpace space, Findings findings) {
    Chooser chooser = new Chooser(plan, findings.rankings(), findings.votes());
    List<Choice> choices = chooser.all(space);
    Choice choice = Chooser.choose(choices, space.tolerance());
    Ensemble ensemble = chooser.ensemble(choice);
    if (ensemble.members().isEmpty()) {
      return Optional.empty();
    }
    int exitLayer =
        ensemble.members().stream()
            .mapToInt(member -> member.contender().neuron().layer())
            .max()
            .orElseThrow();
    List<SelectEvaluation> evaluations = new ArrayList<>();
    for (SelectEvaluation.Method method : methods(chooser, choice, exitLayer, findings)) {
      evaluations.addAll(SelectEvaluation.of(plan.rows(), sets, method, settings.seed()));
    }
    return Optional.of(
        new Outcome(
            superNeurons(choice, exitLayer, ensemble, evaluations),
            evaluations,
            curves(chooser, choices, choice)));
  }

  private List<SelectEvaluation.Method> methods(
      Chooser chooser, Choice choice, int exitLayer, Findings findings) {
    int topK = chooser.ensemble(choice).members().size();
    SelectRandom random = new SelectRandom(settings.seed());
    List<SelectEvaluation.Method> methods = new ArrayList<>();
    methods.add(
        new SelectEvaluation.Method(
            SelectEvaluation.SUPER_NEURONS, List.of(chooser.predict(choice)), topK, exitLayer));
    methods.add(baseline("model_answer", modelAnswer().map(List::of).orElse(List.of())));
    methods.add(
        baseline(
            "savs",
            findings.heads().isEmpty()
                ? List.of()
                : List.of(AttentionHead.vote(findings.heads(), plan.rows()))));
    methods.add(
        new SelectEvaluation.Method(
            "random_neurons",
            random.predict(plan, findings.randomPool(), findings.votes(), choice.rule(), topK),
            topK,
            null));
    methods.add(baseline("majority", List.of(majority())));
    return methods;
  }

  private static SelectEvaluation.Method baseline(String name, List<int[]> predictions) {
    return new SelectEvaluation.Method(name, predictions, null, null);
  }

  /** The model's own answers, if any row has one. */
  private Optional<int[]> modelAnswer() {
    if (rows.stream().allMatch(row -> row.answer() == null)) {
      return Optional.empty();
    }
    AnswerMatcher matcher = new AnswerMatcher(plan.rows().labels());
    return Optional.of(rows.stream().mapToInt(row -> matcher.match(row.answer())).toArray());
  }

  /** Every row has the label that most probing rows have; the first of equals. */
  private int[] majority() {
    TaskRows task = plan.rows();
    int[] counts = new int[task.labels().size()];
    for (int row = 0; row < task.size(TaskRows.PROBE); row++) {
      counts[task.given()[row]]++;
    }
    int most = 0;
    for (int label = 1; label < counts.length; label++) {
      most = counts[label] > counts[most] ? label : most;
    }
    int[] predicted = new int[task.size()];
    Arrays.fill(predicted, most);
    return predicted;
  }

  private TaskSuperNeurons superNeurons(
      Choice choice, int exitLayer, Ensemble ensemble, List<SelectEvaluation> evaluations) {
    List<SuperNeuron> neurons = new ArrayList<>();
    for (int i = 0; i < ensemble.members().size(); i++) {
      Rankings.Place place = ensemble.members().get(i);
      neurons.add(
          new SuperNeuron(
              place.contender().neuron(),
              place.candidate().score().fitted(),
              ensemble.weights()[i],
              place.candidate().probe(),
              place.candidate().score().validation()));
    }
    var byMethod = SelectEvaluation.byMethod(evaluations);
    Map<String, Map<String, Double>> metrics =
        new LinkedHashMap<>(byMethod.remove(SelectEvaluation.SUPER_NEURONS));
    if (plan.isCrossValidated()) {
      metrics.put(CROSS_VALIDATION, Map.of(plan.metric().label(), choice.score()));
    }
    return new TaskSuperNeurons(
        plan.rows().task(),
        question(),
        plan.rows().labels(),
        new Level(exitLayer, choice.rule(), choice.voting(), neurons),
        Cascade.NONE,
        Optional.empty(),
        plan.metric(),
        plan.isCrossValidated() ? ChosenOn.CROSS_VALIDATION : ChosenOn.VALIDATION,
        metrics,
        byMethod,
        Optional.empty());
  }

  /** The question of all probing rows, if they share one. */
  private Optional<String> question() {
    Set<String> questions = new TreeSet<>();
    for (SelectRow row : rows) {
      if (row.isProbing() && row.question() == null) {
        return Optional.empty();
      }
      if (row.isProbing()) {
        questions.add(row.question());
      }
    }
    return questions.size() == 1 ? questions.stream().findFirst() : Optional.empty();
  }

  private List<SelectCurvePoint> curves(Chooser chooser, List<Choice> choices, Choice choice) {
    List<SelectCurvePoint> points = new ArrayList<>();
    for (int layer : choices.stream().map(Choice::exitLayer).distinct().toList()) {
      Choice best = Chooser.bestAt(choices, layer);
      points.addAll(points(chooser, best, SelectCurvePoint.EXIT_LAYER, layer));
    }
    for (int topK : settings.shownTopK()) {
      Choice other = chooser.scored(choice.withTopK(topK));
      points.addAll(points(chooser, other, SelectCurvePoint.TOP_K, topK));
    }
    return points;
  }

  private List<SelectCurvePoint> points(Chooser chooser, Choice choice, String xName, int x) {
    TaskRows task = plan.rows();
    List<SelectCurvePoint> points = new ArrayList<>();
    if (plan.isCrossValidated()) {
      points.add(new SelectCurvePoint(task.task(), CROSS_VALIDATION, xName, x, choice.score()));
    }
    int[] predicted = chooser.predict(choice);
    for (int set = 0; set < sets.size(); set++) {
      if (task.size(set) > 0) {
        Confusion confusion =
            SelectEvaluation.confusion(
                Arrays.copyOfRange(task.given(), task.start(set), task.end(set)),
                Arrays.copyOfRange(predicted, task.start(set), task.end(set)),
                task.labels().size());
        double value = plan.metric().of(confusion);
        points.add(new SelectCurvePoint(task.task(), sets.name(set), xName, x, value));
      }
    }
    return points;
  }
}
