package io.superneurons.jobs.label;

import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.ResultWriter;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.neuron.chosen.SuperNeurons;

/**
 * Label's work on the rows of a task.
 *
 * @param superNeurons the text of superneurons.json
 * @param cascade how rows go down
 * @param columns of the predictions
 * @param folder of the predictions, below the output folder
 */
record LabelStage(
    String superNeurons, CascadeSettings cascade, PredictionColumns columns, String folder)
    implements Stage {

  @Override
  public ResultFiles files() {
    return columns.files(folder);
  }

  @Override
  public Opened open(ExecutorModel model, ResultWriter out) {
    LabelPlan plan =
        new LabelPlan(SuperNeurons.fromJson(superNeurons, SuperNeurons.FILE_NAME), cascade);
    PredictionsWriter writer = new PredictionsWriter(out, plan, columns, model);
    return new Opened(plan::withQuestion, plan, writer, writer::counts);
  }
}
