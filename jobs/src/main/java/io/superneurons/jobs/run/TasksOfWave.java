package io.superneurons.jobs.run;

import java.io.Serializable;
import scala.runtime.AbstractFunction1;

/** Says which tasks of a run belong to a wave. */
final class TasksOfWave extends AbstractFunction1<Object, Object> implements Serializable {
  private static final long serialVersionUID = 1;

  private final int firstTask;
  private final int tasks;

  TasksOfWave(WavePlan.Wave wave) {
    this.firstTask = wave.firstTask();
    this.tasks = wave.tasks();
  }

  @Override
  public Object apply(Object task) {
    int index = (Integer) task;
    return index >= firstTask && index < firstTask + tasks;
  }
}
