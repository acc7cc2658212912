package io.superneurons.jobs.wave;

import org.apache.spark.Partitioner;

/**
 * Which of a wave's files a result goes to: neighbouring Spark tasks share a file, and all failed
 * rows of the wave are in one.
 */
public final class WaveFiles extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int firstTask;
  private final int tasks;
  private final int files;

  /**
   * @param firstTask index of the wave's first Spark task among those of all waves
   * @param tasks number of the wave's Spark tasks
   * @param files number of the wave's files of done rows
   */
  public WaveFiles(int firstTask, int tasks, int files) {
    this.firstTask = firstTask;
    this.tasks = tasks;
    this.files = files;
  }

  @Override
  public int numPartitions() {
    return files + 1;
  }

  @Override
  public int getPartition(Object key) {
    long place = (Long) key;
    return ResultKey.isError(place)
        ? files
        : (int) ((long) (ResultKey.task(place) - firstTask) * files / tasks);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WaveFiles wave
        && firstTask == wave.firstTask
        && tasks == wave.tasks
        && files == wave.files;
  }

  @Override
  public int hashCode() {
    return (firstTask * 31 + tasks) * 31 + files;
  }
}
