package io.superneurons.activation;

/** The name of a row's task, in manifests and in folders of activations. */
public final class TaskName {
  /** The task of rows that name none. */
  public static final String DEFAULT = "default";

  private TaskName() {}
}
