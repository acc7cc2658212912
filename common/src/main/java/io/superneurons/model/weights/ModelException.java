package io.superneurons.model.weights;

/**
 * A checkpoint that no family here can run, or a row that this model cannot take. The message says
 * what, where and what to do.
 */
public final class ModelException extends RuntimeException {
  public ModelException(String message) {
    super(message);
  }
}
