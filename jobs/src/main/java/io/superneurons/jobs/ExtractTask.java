package io.superneurons.jobs;

import io.superneurons.activation.ActivationCodec;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.StoreDType;
import io.superneurons.jobs.ExtractOptions.OnError;
import io.superneurons.model.Capture;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/**
 * Extract's work on one partition.
 *
 * @param work what it shares with label
 * @param layout what to capture
 * @param storeDType what to store it in
 * @param maxNewTokens longest answer; 0 for none
 * @param onError whether a failed row ends the job
 */
record ExtractTask(
    ModelWork work,
    ActivationLayout layout,
    StoreDType storeDType,
    int maxNewTokens,
    OnError onError)
    implements Function2<Integer, Iterator<Row>, Iterator<TaskCounts>>, Serializable {

  @Override
  public Iterator<TaskCounts> call(Integer partition, Iterator<Row> rows) throws Exception {
    Capture capture =
        maxNewTokens > 0
            ? Capture.withAnswer(layout.columns(), maxNewTokens)
            : Capture.of(layout.columns());
    TaskCounts counts =
        work.run(partition, ModelWork.manifestRows(rows), batch -> capture, this::open);
    return List.of(counts).iterator();
  }

  private RowSink open(ModelWork.Files files, ExecutorModel model) {
    return new ActivationsWriter(
        files, layout, new ActivationCodec(storeDType), onError, model, work::rowDone);
  }
}
