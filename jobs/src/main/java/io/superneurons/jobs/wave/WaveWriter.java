package io.superneurons.jobs.wave;

import io.superneurons.jobs.files.StagedOutput;
import io.superneurons.jobs.files.Staging;
import io.superneurons.jobs.parquet.ParquetRows;
import io.superneurons.jobs.pass.Effort;
import java.io.IOException;
import java.io.Serializable;
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
 * Writes one part of a wave from the results of several Spark tasks, in their order: a file of rows
 * that are done, and one of rows that failed; and counts the rows that it writes.
 *
 * @param conf Hadoop's settings
 * @param staging where the wave's files wait
 * @param stage whose results they are
 * @param counters what has been done, for the driver to watch
 */
public record WaveWriter(
    Broadcast<SerializableConfiguration> conf, Staging staging, Stage stage, LiveCounters counters)
    implements Function2<Integer, Iterator<Tuple2<Long, byte[]>>, Iterator<RowCounts>>,
        Serializable {
  /** The key in a file's footer whose value is what its rows add to the counts of the folder. */
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
    StagedOutput files = StagedOutput.open(hadoop, staging, file, attempt);
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
    ResultFiles places = stage.files();
    String rowFile = places.rowFile(staging.wave(), file, staging.run());
    String errorFile = places.errorFile(staging.wave(), file, staging.run());
    ResultFile rows = new ResultFile(hadoop, files.file(rowFile), places.rows());
    ResultFile errors = new ResultFile(hadoop, files.file(errorFile), places.errors());
    try (rows;
        errors) {
      while (results.hasNext()) {
        Result result = Result.of(results.next());
        switch (result.kind()) {
          case DONE -> rows.write(result.values(), RowCounts.DONE);
          case FAILED -> errors.write(result.values(), RowCounts.failed(result.error()));
          case COUNTS -> rows.count(result.counts());
        }
      }
    }
    return rows.counts.plus(errors.counts);
  }

  /** Cleans up; should that fail too, the first failure is still the one that is reported. */
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

    void write(Object[] values, RowCounts row) throws IOException {
      if (writer == null) {
        writer = ParquetRows.open(conf, path, schema, () -> Map.of(COUNTS, counts.toJson()));
      }
      writer.write(values);
      count(row);
    }

    void count(RowCounts more) {
      counts = counts.plus(more);
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
