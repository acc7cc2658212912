package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lines of the log as conf/log4j2.properties has them. */
class LogLayoutTest {
  private static PatternLayout layout;

  @BeforeAll
  static void read() throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of("../conf/log4j2.properties"))) {
      properties.load(in);
    }
    String of = "appender.stderr.layout.";
    layout =
        PatternLayout.newBuilder()
            .withPattern(properties.getProperty(of + "pattern"))
            .withAlwaysWriteExceptions(
                Boolean.parseBoolean(properties.getProperty(of + "alwaysWriteExceptions")))
            .build();
  }

  private static String line(String message, Throwable thrown) {
    return layout
        .toSerializable(
            Log4jLogEvent.newBuilder()
                .setLoggerName("org.apache.spark.scheduler.TaskSetManager")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build())
        .replaceFirst("^\\S+ ", "");
  }

  @Test
  void whatASparkTaskRefusesComesWithoutStackTraces() {
    String refusal = ConfigurationException.class.getName() + ": Row 3 has nothing";
    assertEquals(
        "WARN  TaskSetManager: Lost task 0.0: " + refusal + "\n",
        line("Lost task 0.0: " + refusal + "\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n", null));
    assertEquals(
        "WARN  TaskSetManager: Exception in task 0.0\n",
        line("Exception in task 0.0", new ConfigurationException("Row 3 has nothing")));
  }

  @Test
  void failuresKeepTheirs() {
    assertTrue(line("Lost", new IllegalStateException("x")).contains("LogLayoutTest.java:"));
    assertTrue(line("Lost: java.io.IOException: x\n\tat a.B.c(B.java:1)", null).contains("B.java"));
  }

  @Test
  void namesForgeNoLines() {
    assertEquals("WARN  TaskSetManager: a\\nb?[31m\n", line("a\nb\u001b[31m", null));
  }
}
