package io.superneurons.model;

import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.ModelOptions;

/** Where tests run the model: on the CPU, or where {@code -Dsuperneurons.device} says. */
public final class TestDevice {
  /** libtorch's name, such as {@code cuda:0}. */
  public static final String NAME = System.getProperty("superneurons.device", "cpu");

  private TestDevice() {}

  /** The whole model in float32. */
  public static ModelOptions exact() {
    return ModelOptions.whole(ComputeType.FLOAT32, NAME);
  }
}
