package io.superneurons.jobs.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * What a run says when a person or a scheduler ends it (Ctrl-C, SIGTERM): one line on what is kept
 * and how to go on, in place of what Spark says of a session that ends under it.
 */
public final class Interruption {
  private static final AtomicReference<Supplier<String>> KEPT = new AtomicReference<>();
  private static final AtomicBoolean RUNNING = new AtomicBoolean();
  private static final AtomicBoolean CAME = new AtomicBoolean();

  private Interruption() {}

  /** From here on a run may be interrupted. */
  static void watch(String command) {
    RUNNING.set(true);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(command), "interruption"));
  }

  /** The command has ended by itself. */
  static void over() {
    RUNNING.set(false);
  }

  /** Whether the run was interrupted: what fails from then on fails for that. */
  static boolean came() {
    return CAME.get();
  }

  /** What a run has kept so far and how to go on; asked for when it is interrupted. */
  public static void keeps(Supplier<String> words) {
    KEPT.set(words);
  }

  private static void tell(String command) {
    if (!RUNNING.get()) {
      return;
    }
    CAME.set(true);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {});
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isDefined()) {
      session.get().sparkContext().setLogLevel("OFF");
    }
    Supplier<String> kept = KEPT.get();
    String words = kept == null ? "nothing was written yet" : kept.get();
    System.err.println(System.lineSeparator() + command + ": interrupted; " + SafeText.of(words));
    System.err.flush();
  }
}
