package io.superneurons.jobs.dataset;

import io.superneurons.jobs.input.BadRowException;

/** What stands before a question, to be read first. */
final class Hints {
  private static final String HINT = "hint";

  private Hints() {}

  /** The line {@code Context: ...}, as lmms-eval writes it; empty where there is no hint. */
  static String context(PublishedRecord record) throws BadRowException {
    String hint = hint(record);
    return hint.isEmpty() ? "" : "Context: " + hint + "\n";
  }

  /** The hint on a line of its own, as VLMEvalKit writes it for LLaVA. */
  static String line(PublishedRecord record) throws BadRowException {
    String hint = hint(record);
    return hint.isEmpty() ? "" : hint + "\n";
  }

  private static String hint(PublishedRecord record) throws BadRowException {
    String hint = record.cell(HINT);
    return hint == null ? "" : hint.strip();
  }
}
