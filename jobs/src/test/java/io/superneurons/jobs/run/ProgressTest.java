package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.cli.Existing;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.files.OutputFolder;
import io.superneurons.jobs.wave.LiveCounters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  @TempDir private Path folder;

  @Test
  void anAlarmThatFailedIsGivenAgainAndThenNoMore() throws IOException {
    AtomicInteger alarms = new AtomicInteger();
    try (SparkSession spark = Sessions.open("progress")) {
      LiveCounters counters = LiveCounters.of(spark.sparkContext(), "test");
      LongAccumulator rows = counters.rows();
      LongAccumulator errors = counters.errors();
      ErrorBudget budget = ErrorBudget.of("0");
      PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
      OutputFolder out = output(Existing.REFUSE);
      new Progress(spark, "test", 8, counters, budget, () -> giveBadly(alarms), nowhere, out)
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

  @Test
  void whoeverInterruptsIsToldTheOptionsThatAreMissing() {
    String kept = "0 rows of this run are kept in " + output(Existing.REFUSE).path();
    assertEquals(kept + "; the same command with --resume does the rest", told(Existing.REFUSE));
    assertEquals(
        kept + "; the same command with --resume in place of --overwrite does the rest",
        told(Existing.OVERWRITE));
    assertEquals(kept + "; the same command does the rest", told(Existing.RESUME));
  }

  private String told(Existing existing) {
    return new Progress(null, "test", 8, null, null, null, null, output(existing)).kept();
  }

  private OutputFolder output(Existing existing) {
    return OutputFolder.check(new Configuration(), folder.resolve("out").toString(), existing);
  }

  private static void giveBadly(AtomicInteger alarms) throws IOException {
    if (alarms.incrementAndGet() == 1) {
      throw new IOException("the store is away");
    }
  }
}
