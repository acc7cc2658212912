package io.superneurons.jobs;

import io.superneurons.neuron.SuperNeurons;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/**
 * Label's work on one partition.
 *
 * @param work what it shares with extract
 * @param superNeurons the text of superneurons.json
 */
record LabelTask(ModelWork work, String superNeurons)
    implements Function2<Integer, Iterator<Row>, Iterator<TaskCounts>>, Serializable {

  @Override
  public Iterator<TaskCounts> call(Integer partition, Iterator<Row> rows) throws Exception {
    LabelPlan plan = new LabelPlan(SuperNeurons.fromJson(superNeurons, SuperNeurons.FILE_NAME));
    TaskCounts counts =
        work.run(
            partition,
            ModelWork.mapped(ModelWork.manifestRows(rows), plan::withQuestion),
            plan,
            (files, model) -> new PredictionsWriter(files, plan, model, work::rowDone));
    return List.of(counts).iterator();
  }
}
