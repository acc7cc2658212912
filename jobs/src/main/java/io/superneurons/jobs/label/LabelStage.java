package io.superneurons.jobs.label;

import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.ResultWriter;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.neuron.chosen.SuperNeurons;
import org.apache.spark.broadcast.Broadcast;

/**
 * What label does with rows.
 *
 * @param superNeurons the text of superneurons.json, which may have megabytes: its records do not
 *     serialise, since some have an Optional. Every Spark task parses it, which takes milliseconds
 *     where its rows take seconds
 * @param cascade what becomes of rows whose votes are too close
 * @param columns columns of the predictions
 * @param folder folder of the predictions, below the output folder; empty for that folder itself
 */
record LabelStage(
    Broadcast<String> superNeurons,
    CascadeSettings cascade,
    PredictionColumns columns,
    String folder)
    implements Stage {

  @Override
  public ResultFiles files() {
    return columns.files(folder);
  }

  @Override
  public Opened open(ExecutorModel model, ResultWriter out) {
    return open(superNeurons.value(), cascade, columns, model, out);
  }

  /** The same for the text of superneurons.json itself, where no stage was broadcast. */
  static Opened open(
      String superNeurons,
      CascadeSettings cascade,
      PredictionColumns columns,
      ExecutorModel model,
      ResultWriter out) {
    LabelPlan plan =
        new LabelPlan(SuperNeurons.fromJson(superNeurons, SuperNeurons.FILE_NAME), cascade);
    PredictionsWriter writer = new PredictionsWriter(out, plan, columns, model);
    return new Opened(plan::withQuestion, plan, writer, writer::counts);
  }
}
