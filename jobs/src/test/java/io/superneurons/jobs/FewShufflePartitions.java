package io.superneurons.jobs;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the jobs of a test class shuffle their few rows to few tasks. */
public final class FewShufflePartitions implements BeforeAllCallback, AfterAllCallback {
  private static final String PROPERTY = "spark.sql.shuffle.partitions";

  @Override
  public void beforeAll(ExtensionContext context) {
    System.setProperty(PROPERTY, "2");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.clearProperty(PROPERTY);
  }
}
