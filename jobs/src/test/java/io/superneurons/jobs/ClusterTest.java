package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.jobs.run.RunLock;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor or a driver that dies in mid-run, for real: no row is lost and none is there twice.
 */
@Tag("slow") // starts a Spark cluster of three processes, and drivers and executors on it
class ClusterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final Pattern OPENED = Pattern.compile("ExecutorModel: Opened ");

  /** As many threads a pass in this JVM as in an executor: sums may come in another order else. */
  private static final String CORES = "spark.executor.cores";

  /** In a pass of its own each row is computed the same wherever it runs. */
  private static final String OPTIONS =
      "--dtype float32 --batch-size 1 --layers 0 --rows-per-commit 30 --partitions 24";

  private static final int IMAGES = 30;
  private static final int QUESTIONS = 6;

  @TempDir private static Path folder;
  private static SparkCluster cluster;
  private static Map<String, Row> undisturbed;

  @BeforeAll
  static void startAndRunUndisturbed() throws Exception {
    System.setProperty(CORES, Integer.toString(SparkCluster.CORES));
    writeManifest();
    cluster = SparkCluster.start(Files.createDirectories(folder.resolve("cluster")));
    assertEquals(0, JobMain.run(new ExtractJob(), args("undisturbed").toArray(String[]::new)));
    undisturbed = read("undisturbed");
    assertEquals(IMAGES * QUESTIONS - QUESTIONS, undisturbed.size());
  }

  /** One of the images is broken. */
  private static void writeManifest() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      Path file = folder.resolve("image" + image + ".png");
      byte[] bytes = Files.readAllBytes(FIXTURE.cases().get(image % 3).image());
      Files.write(file, image == 0 ? new byte[] {1, 2, 3} : bytes);
      for (int question = 0; question < QUESTIONS; question++) {
        lines.add(
            JSON.createObjectNode()
                .put("id", image + "-" + question)
                .put("image", file.getFileName().toString())
                .put("question", "Is it " + question + "?")
                .toString());
      }
    }
    Files.write(folder.resolve("manifest.jsonl"), lines);
  }

  @AfterAll
  static void stop() {
    System.clearProperty(CORES);
    cluster.close();
  }

  @Test
  void anExecutorThatIsKilledCostsNoRow() throws Exception {
    Map<String, String> speculation =
        Map.of(
            "spark.speculation", "true",
            "spark.speculation.interval", "20ms",
            "spark.speculation.multiplier", "1.01",
            "spark.speculation.quantile", "0.1",
            "spark.speculation.minTaskRuntime", "1ms");
    Process driver =
        cluster.submit("executor-killed", ExtractJob.class, args("killed"), speculation);
    awaitWave("killed", 1);
    ProcessHandle victim = cluster.executors().get(0);
    assertTrue(victim.destroyForcibly());
    assertEquals(0, driver.waitFor(), () -> "see the log");
    assertTrue(cluster.logged("executor-killed").contains("Lost executor"), "it was at work");
    assertSameAsUndisturbed("killed");
    for (String log : cluster.executorLogs()) {
      assertTrue(OPENED.matcher(log).results().count() <= 1, "one model a JVM: " + log);
    }
    assertTrue(cluster.executorLogs().stream().anyMatch(log -> OPENED.matcher(log).find()));
  }

  @Test
  void aDriverThatIsKilledLosesNoMoreThanItsWave() throws Exception {
    Process driver = cluster.submit("driver-killed", ExtractJob.class, args("orphaned"), Map.of());
    awaitWave("orphaned", 1);
    driver.destroyForcibly().waitFor();
    int kept = read("orphaned").size();
    assertTrue(kept > 0 && kept < undisturbed.size(), kept + " rows: it was at work");
    assertTrue(Files.exists(folder.resolve("orphaned/" + RunLock.FILE_NAME)), "nobody unlocked it");
    assertFalse(Files.exists(folder.resolve("orphaned/_SUCCESS")));
    List<String> args = args("orphaned");
    args.add("--resume");
    Process again = cluster.submit("driver-again", ExtractJob.class, args, Map.of());
    assertEquals(0, again.waitFor(), () -> "see the log");
    assertTrue(
        cluster
            .logged("driver-again")
            .contains(String.format(Locale.ROOT, ", %d done before", kept)),
        "no row of a committed wave is computed again");
    assertSameAsUndisturbed("orphaned");
  }

  /** It reads its options at an address, since it does not see the submitter's files. */
  @Test
  void aDriverOnTheClusterWritesTheSameRows() throws Exception {
    byte[] options = (OPTIONS.replaceAll("--(\\S+) (\\S+) ?", "$1 = $2\n")).getBytes();
    AtomicInteger read = new AtomicInteger();
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/extract.properties",
        exchange -> {
          read.incrementAndGet();
          exchange.sendResponseHeaders(200, options.length);
          exchange.getResponseBody().write(options);
          exchange.close();
        });
    web.start();
    try {
      List<String> args = files("on-worker");
      String host = web.getAddress().getAddress().getHostAddress();
      int port = web.getAddress().getPort();
      args.addAll(List.of("--config", "http://" + host + ":" + port + "/extract.properties"));
      Process submitted = cluster.submitDriver("driver-on-worker", ExtractJob.class, args);
      assertEquals(0, submitted.waitFor(), () -> "see the log");
      Path end = folder.resolve("on-worker/_SUCCESS");
      cluster.await("the driver on a worker", () -> Files.exists(end));
    } finally {
      web.stop(0);
    }
    assertTrue(read.get() > 0, "the driver read its configuration there");
    assertSameAsUndisturbed("on-worker");
  }

  private static List<String> args(String output) {
    List<String> args = files(output);
    args.addAll(List.of(OPTIONS.split(" ")));
    return args;
  }

  private static List<String> files(String output) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--input", folder.resolve("manifest.jsonl").toString()));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toAbsolutePath() + ""));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    return args;
  }

  private static void awaitWave(String output, int wave) throws Exception {
    String file = String.format(Locale.ROOT, "part-%05d-00000-", wave);
    cluster.await("wave " + wave, () -> has(folder.resolve(output), file));
  }

  private static boolean has(Path output, String prefix) {
    String[] names = output.toFile().list();
    return names != null && Arrays.stream(names).anyMatch(name -> name.startsWith(prefix));
  }

  private static void assertSameAsUndisturbed(String output) throws IOException {
    Map<String, Row> rows = read(output);
    assertEquals(undisturbed.keySet(), rows.keySet());
    for (Map.Entry<String, Row> expected : undisturbed.entrySet()) {
      Row row = rows.get(expected.getKey());
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i) instanceof byte[] vector) {
          assertArrayEquals((byte[]) expected.getValue().get(i), vector, expected.getKey());
        } else {
          assertEquals(expected.getValue().get(i), row.get(i), expected.getKey());
        }
      }
    }
    assertEquals(
        read("undisturbed/_errors").toString(), read(output + "/_errors").toString(), "errors");
  }

  private static Map<String, Row> read(String output) throws IOException {
    Map<String, Row> byId = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        assertEquals(null, byId.put(row.getAs("id"), row), "twice");
      }
    }
    return byId;
  }
}
