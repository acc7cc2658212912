package io.superneurons.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An S3 server on loopback with one empty bucket, in a process of its own. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "corpus";

  private static final Path JAR = Path.of("target/s3-server.jar");
  private static final Pattern STARTED = Pattern.compile("started on ports .* (\\d+) \\(http\\)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server that keeps its objects in that folder, and waits for it. */
  static S3Server start(Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("server.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-jar",
                    JAR.toString(),
                    "--server.port=0",
                    "--com.adobe.testing.s3mock.httpPort=0",
                    "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
                    "--com.adobe.testing.s3mock.store.root=" + folder.resolve("objects")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Instant end = Instant.now().plus(PATIENCE);
    while (process.isAlive() && Instant.now().isBefore(end)) {
      Matcher started = STARTED.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
      if (started.find()) {
        return new S3Server(process, Integer.parseInt(started.group(1)));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly();
    throw new IOException("The S3 server did not start:\n" + Files.readString(log));
  }

  /** Spark properties that lead s3a to this server. */
  Map<String, String> sparkProperties() {
    return Map.of(
        "spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port,
        "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
        "spark.hadoop.fs.s3a.path.style.access", "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled", "false",
        "spark.hadoop.fs.s3a.access.key", "loopback",
        "spark.hadoop.fs.s3a.secret.key", "loopback",
        "spark.hadoop.fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
