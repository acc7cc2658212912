package io.superneurons.jobs;

import io.superneurons.neuron.SuperNeurons;

/**
 * Label's work on the rows of a task.
 *
 * @param superNeurons the text of superneurons.json
 */
record LabelTask(String superNeurons) implements ModelTask {

  @Override
  public ResultFiles files() {
    return PredictionsWriter.files();
  }

  @Override
  public Opened open(ExecutorModel model, ResultWriter out) {
    LabelPlan plan = new LabelPlan(SuperNeurons.fromJson(superNeurons, SuperNeurons.FILE_NAME));
    return new Opened(plan::withQuestion, plan, new PredictionsWriter(out, plan, model));
  }
}
