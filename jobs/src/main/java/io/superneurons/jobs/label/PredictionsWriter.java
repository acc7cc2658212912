package io.superneurons.jobs.label;

import io.superneurons.activation.ModelLayer;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.RowError;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.pass.RowSink;
import io.superneurons.jobs.wave.LabelCounts;
import io.superneurons.jobs.wave.ResultWriter;
import io.superneurons.jobs.wave.RowCounts;
import io.superneurons.model.pass.RowOutput;
import io.superneurons.neuron.chosen.Prediction;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskSuperNeurons;
import io.superneurons.neuron.statistics.Confusion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a prediction of each row; one that failed has its error in place of a label. */
final class PredictionsWriter implements RowSink {
  /** {@code source} of a prediction by votes. */
  static final String SUPER_NEURONS = "super_neurons";

  /** {@code source} of a prediction by the model's own answer. */
  static final String BASE_MODEL = "base_model";

  private final ResultWriter out;
  private final LabelPlan plan;
  private final PredictionColumns columns;
  private final ExecutorModel model;
  private final Map<String, LabelCounts> labels = new TreeMap<>();

  PredictionsWriter(
      ResultWriter out, LabelPlan plan, PredictionColumns columns, ExecutorModel model) {
    this.out = out;
    this.plan = plan;
    this.columns = columns;
    this.model = model;
  }

  @Override
  public void done(ManifestRow row, String imageSha256, RowOutput output) throws IOException {
    LabelPlan.Decided decided = plan.take(row).orElseThrow();
    TaskSuperNeurons task = decided.task();
    Prediction votes = decided.decision().prediction();
    String answer = decided.decision().unsure() ? model.text(output.answerIds()) : null;
    int answered = plan.labelOf(row, answer);
    boolean byVotes = answered == Confusion.NO_LABEL;
    String label = byVotes ? task.answer(votes).orElse(null) : task.labels().get(answered);
    String source = byVotes ? SUPER_NEURONS : BASE_MODEL;
    ModelLayer exitLayer =
        byVotes ? decided.level().exitLayer() : ModelLayer.ofDecoder(model.layers() - 1);
    List<Object> values = given(row);
    values.add(label);
    values.add(votes.votes());
    values.add(votes.margin());
    values.add(byVotes && votes.label().isPresent() ? probability(decided) : null);
    values.add(exitLayer.number());
    values.add(exitLayer.part().label());
    values.add(source);
    values.add((label == null ? Status.UNDECIDED : Status.DECIDED).label());
    values.add(null);
    values.add(null);
    values.add(row.version());
    if (columns.answers()) {
      values.add(answer);
    }
    if (columns.explains()) {
      values.add(explanation(decided));
    }
    values.add(row.rowVersion());
    out.row(values.toArray());
    labels
        .computeIfAbsent(row.task(), name -> LabelCounts.none(task))
        .add(
            task,
            row.label(),
            label,
            LabelCounts.exit(source, byVotes ? exitLayer : null),
            decided.activations());
  }

  /** How likely the label with the most votes is right; null where no held-out rows tell. */
  static Double probability(LabelPlan.Decided decided) {
    return decided.calibration().isEmpty()
        ? null
        : decided.calibration().get().probability(decided.decision().prediction().margin());
  }

  /** The columns that the input gave. */
  private static List<Object> given(ManifestRow row) {
    List<Object> values = new ArrayList<>();
    values.add(row.id());
    values.add(row.task());
    values.add(row.image());
    values.add(row.question());
    values.add(row.label());
    return values;
  }

  /** What each neuron of the level that decided voted, in the order of the level. */
  private static List<Object[]> explanation(LabelPlan.Decided decided) {
    List<Object[]> members = new ArrayList<>();
    for (SuperNeuron member : decided.level().neurons()) {
      double value = decided.activations().value(member.neuron());
      int vote = member.fitted().vote(value);
      members.add(
          new Object[] {
            member.neuron().layer(),
            member.neuron().site().label(),
            member.neuron().index(),
            value,
            vote == Confusion.NO_LABEL ? null : decided.task().labels().get(vote),
            member.weight()
          });
    }
    return members;
  }

  @Override
  public void failed(RowError error) throws IOException {
    plan.take(error.row()); // a pass may have failed after it was decided
    List<Object> values = given(error.row());
    for (int i = 0;
        i < 7;
        i++) { // prediction, votes, margin, probability, exit layer and part, source
      values.add(null);
    }
    values.add(Status.FAILED.label());
    values.add(error.error().label());
    values.add(error.error().label() + ": " + error.detail());
    values.add(error.row().version());
    while (values.size() < columns.schema().getFieldCount() - 1) {
      values.add(null);
    }
    values.add(error.row().rowVersion());
    out.error(error.error(), values.toArray());
  }

  /** What was counted of the rows so far. */
  RowCounts counts() {
    return RowCounts.labelled(model.computeType(), labels);
  }
}
