package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.wave.LiveCounters;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void anAlarmThatFailedIsGivenAgainAndThenNoMore() throws IOException {
    AtomicInteger alarms = new AtomicInteger();
    try (SparkSession spark = Sessions.open("progress")) {
      LiveCounters counters = LiveCounters.of(spark.sparkContext(), "test");
      LongAccumulator rows = counters.rows();
      LongAccumulator errors = counters.errors();
      ErrorBudget budget = ErrorBudget.of("0");
      PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
      new Progress(spark, "test", 8, counters, budget, () -> giveBadly(alarms), nowhere, "out")
          .start();
      JavaSparkContext.fromSparkContext(spark.sparkContext())
          .parallelize(Collections.nCopies(8, "row"), 8)
          .foreach(
              row -> {
                rows.add(1);
                errors.add(1);
              });
    } // the session hands all events to its listeners before it ends
    assertEquals(2, alarms.get());
  }

  private static void giveBadly(AtomicInteger alarms) throws IOException {
    if (alarms.incrementAndGet() == 1) {
      throw new IOException("the store is away");
    }
  }
}
