package io.superneurons.jobs.wave;

import io.superneurons.jobs.files.StagedOutput;
import io.superneurons.jobs.input.ErrorKind;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.pass.Effort;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Writes one file of a wave from the results of several tasks, in their order.
 *
 * @param conf of Hadoop
 * @param output the output folder
 * @param run names this run to the committer
 * @param wave its number in the output folder
 * @param task whose results they are
 * @param counters of what was done
 */
public record WaveWriter(
    Broadcast<SerializableConfiguration> conf,
    String output,
    String run,
    int wave,
    Stage task,
    LiveCounters counters)
    implements Function2<Integer, Iterator<Tuple2<Long, byte[]>>, Iterator<RowCounts>>,
        Serializable {
  /** Key of a file's footer: what its rows add to the counts of the folder. */
  public static final String COUNTS = "superneurons.counts";

  @Override
  public Iterator<RowCounts> call(Integer file, Iterator<Tuple2<Long, byte[]>> results)
      throws IOException {
    if (!results.hasNext()) {
      return Collections.emptyIterator();
    }
    Configuration hadoop = conf.value().value();
    long started = System.nanoTime();
    long attempt = TaskContext.get().taskAttemptId();
    StagedOutput files = StagedOutput.open(hadoop, new Path(output), run, wave, file, attempt);
    try {
      RowCounts counts = write(hadoop, files, file, results);
      files.commit();
      Effort written = Effort.written(System.nanoTime() - started);
      counters.add(written);
      return List.of(counts.with(written)).iterator();
    } catch (IOException | RuntimeException e) {
      abort(files, e);
      throw e;
    }
  }

  private RowCounts write(
      Configuration hadoop, StagedOutput files, int file, Iterator<Tuple2<Long, byte[]>> results)
      throws IOException {
    ResultFiles places = task.files();
    ResultFile rows = new ResultFile(hadoop, files.file(places.rowFile(wave, file)), places.rows());
    ResultFile errors = new ResultFile(hadoop, files.file(places.errorFile(wave)), places.errors());
    try (rows;
        errors) {
      while (results.hasNext()) {
        Tuple2<Long, byte[]> result = results.next();
        Object[] values = ResultBytes.decode(result._2());
        if (ResultKey.isCounts(result._1())) {
          // Errors are counted by the one who writes them.
          rows.counts = rows.counts.plus(RowCounts.fromJson((String) values[0]).withoutErrors());
        } else if (ResultKey.isError(result._1())) {
          errors.write(Arrays.copyOf(values, values.length - 1));
          ErrorKind kind = ErrorKind.valueOf((String) values[values.length - 1]);
          errors.counts = errors.counts.plus(RowCounts.failed(Map.of(kind, 1L)));
        } else {
          rows.write(values);
        }
      }
    }
    return rows.counts.plus(errors.counts);
  }

  /** What made the task fail is what is told. */
  private static void abort(StagedOutput files, Exception reason) {
    try {
      files.abort();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** A file that is made when its first row comes. */
  private static final class ResultFile implements AutoCloseable {
    private final Configuration conf;
    private final Path path;
    private final MessageType schema;
    private ParquetWriter<Object[]> writer;
    private RowCounts counts = RowCounts.none();

    ResultFile(Configuration conf, Path path, MessageType schema) {
      this.conf = conf;
      this.path = path;
      this.schema = schema;
    }

    void write(Object[] values) throws IOException {
      if (writer == null) {
        writer = ParquetRows.open(conf, path, schema, () -> Map.of(COUNTS, counts.toJson()));
      }
      writer.write(values);
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
