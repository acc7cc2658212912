package io.superneurons.jobs.bench.select;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** How long Spark's jobs took, by their description. Events come late: ask once Spark stopped. */
final class JobTimes extends SparkListener {
  private static final String DESCRIPTION = "spark.job.description";

  private final Map<Integer, SparkListenerJobStart> running = new HashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    running.put(start.jobId(), start);
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    SparkListenerJobStart start = running.remove(end.jobId());
    if (start != null) {
      String description = start.properties().getProperty(DESCRIPTION, "select: read the rows");
      seconds.merge(description, (end.time() - start.time()) / 1e3, Double::sum);
    }
  }

  /** Seconds by description, in the order in which jobs ended. */
  synchronized Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }
}
