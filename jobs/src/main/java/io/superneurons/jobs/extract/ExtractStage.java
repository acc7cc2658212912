package io.superneurons.jobs.extract;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.extract.ExtractOptions.OnError;
import io.superneurons.jobs.pass.ExecutorModel;
import io.superneurons.jobs.wave.ResultFiles;
import io.superneurons.jobs.wave.ResultWriter;
import io.superneurons.jobs.wave.Stage;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.PassPlan;
import java.util.function.UnaryOperator;

/**
 * What extract does with rows.
 *
 * @param layout the layers and sites to capture
 * @param storeDType what to store it in
 * @param maxNewTokens longest answer in tokens; 0 for no answers
 * @param onError whether a failed row ends the job
 */
record ExtractStage(
    ActivationLayout layout, StoreDType storeDType, int maxNewTokens, OnError onError)
    implements Stage {

  @Override
  public ResultFiles files() {
    return ActivationsWriter.files(layout);
  }

  @Override
  public Opened open(ExecutorModel model, ResultWriter out) {
    Capture capture =
        maxNewTokens > 0
            ? Capture.withAnswer(layout.columns(), maxNewTokens)
            : Capture.of(layout.columns());
    ActivationCodec codec = new ActivationCodec(storeDType);
    ActivationsWriter writer = new ActivationsWriter(out, layout, codec, onError, model);
    return new Opened(
        UnaryOperator.identity(), batch -> PassPlan.of(capture), writer, writer::counts);
  }
}
