package io.superneurons.jobs.wave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.input.ErrorKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.shuffle.FetchFailedException;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/** Spark computes pieces of a wave again after some of the wave's writers are done. */
class StageRetryTest {
  private static final int PIECES = 4;
  private static final int ROWS = 6;
  private static final int WRITERS = 2;
  private static final ConcurrentMap<Integer, Integer> COMPUTED = new ConcurrentHashMap<>();
  private static final AtomicBoolean LOST = new AtomicBoolean();

  @Test
  void eachRowIsThereOnceThoughItChangesSidesWhenItIsComputedAgain() {
    COMPUTED.clear();
    LOST.set(false);
    SparkConf conf =
        new SparkConf()
            .setMaster("local[1]")
            .setAppName("retry")
            .set("spark.ui.enabled", "false")
            .set("spark.stage.maxConsecutiveAttempts", "4");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaPairRDD<Long, byte[]> results =
          spark
              .parallelize(IntStream.range(0, PIECES).boxed().toList(), PIECES)
              .flatMapToPair(StageRetryTest::compute);
      List<String> written =
          results
              .repartitionAndSortWithinPartitions(new WaveFiles(0, PIECES, WRITERS))
              .map(tuple -> tuple)
              .mapPartitionsWithIndex(StageRetryTest::write, true)
              .collect();
      assertTrue(LOST.get());
      assertTrue(COMPUTED.values().stream().anyMatch(times -> times > 1), "computed again");
      List<String> expected =
          IntStream.range(0, PIECES * ROWS).mapToObj(id -> "row" + id).sorted().toList();
      assertEquals(expected, written.stream().sorted().toList());
    }
  }

  /** Even rows fail at first, odd ones when they are computed again. */
  private static Iterator<Tuple2<Long, byte[]>> compute(int piece) {
    int before = COMPUTED.merge(piece, 1, Integer::sum) - 1;
    List<Tuple2<Long, byte[]>> results = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Object[] values = {"row" + (piece * ROWS + i)};
      Result result =
          (i + before) % 2 == 0
              ? Result.failed(piece, i, ErrorKind.IMAGE_NOT_FOUND, values)
              : Result.done(piece, i, values);
      results.add(result.toTuple());
    }
    return results.iterator();
  }

  /** Where the first writer is done, the last one finds that what it reads is lost. */
  private static Iterator<String> write(int writer, Iterator<Tuple2<Long, byte[]>> results)
      throws FetchFailedException {
    List<String> ids = new ArrayList<>();
    results.forEachRemaining(tuple -> ids.add((String) Result.of(tuple).values()[0]));
    boolean isLast = writer == TaskContext.get().numPartitions() - 1;
    if (isLast && LOST.compareAndSet(false, true)) {
      int shuffle = 0; // the only one of this application
      int lost = PIECES - 1;
      throw new FetchFailedException(
          SparkEnv.get().blockManager().blockManagerId(),
          shuffle,
          0L,
          lost,
          writer,
          "the executor is lost",
          null);
    }
    return Stream.of(ids.toArray(String[]::new)).iterator();
  }
}
