package io.superneurons.jobs.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.mapred.SparkHadoopMapRedUtil;

/**
 * Files that appear in an output folder all together or not at all, through the committer that
 * Hadoop has for the folder's file system: rename on HDFS and local disks, S3A's magic committer on
 * object stores. A Spark task that runs twice leaves its files once.
 */
public final class StagedOutput {
  private final PathOutputCommitter committer;
  private final TaskAttemptContext context;

  private StagedOutput(PathOutputCommitter committer, TaskAttemptContext context) {
    this.committer = committer;
    this.context = context;
  }

  /** Begins a wave's output; on the driver, before any task. */
  public static void begin(Configuration conf, Path folder, String run, int wave)
      throws IOException {
    StagedOutput setup = attempt(conf, folder, run, wave, 0, 0);
    setup.committer.setupJob(setup.jobContext());
  }

  /** Makes the files of all tasks appear; on the driver, after the last task. */
  public static void commitAll(Configuration conf, Path folder, String run, int wave)
      throws IOException {
    StagedOutput commit = attempt(conf, folder, run, wave, 0, 0);
    commit.committer.commitJob(commit.jobContext());
  }

  /** Removes what tasks left; on the driver, when the job failed. */
  public static void abortAll(Configuration conf, Path folder, String run, int wave)
      throws IOException {
    StagedOutput abort = attempt(conf, folder, run, wave, 0, 0);
    abort.committer.abortJob(abort.jobContext(), JobStatus.State.FAILED);
  }

  /**
   * Begins a task's output.
   *
   * @param run the same on the driver and in all tasks; digits only
   * @param wave of the run
   * @param partition of the task
   * @param attempt of the task, unique within the application
   */
  public static StagedOutput open(
      Configuration conf, Path folder, String run, int wave, int partition, long attempt)
      throws IOException {
    StagedOutput output = attempt(conf, folder, run, wave, partition, attempt);
    output.committer.setupTask(output.context);
    return output;
  }

  private static StagedOutput attempt(
      Configuration conf, Path folder, String run, int wave, int partition, long attempt)
      throws IOException {
    JobConf job = new JobConf(conf);
    // A wave is only a part of a run; the driver writes the marker when the run is done.
    job.setBoolean(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, false);
    // With the other algorithm files appear as tasks end, and a killed wave leaves some of them.
    job.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
    TaskID task = new TaskID(new JobID(run, wave), TaskType.MAP, partition);
    TaskAttemptContext context =
        new TaskAttemptContextImpl(job, new TaskAttemptID(task, (int) (attempt & 0x7fffffff)));
    return new StagedOutput(PathOutputCommitterFactory.createCommitter(folder, context), context);
  }

  private JobContext jobContext() {
    return new JobContextImpl(context.getConfiguration(), context.getJobID());
  }

  /** Where to write a file that will appear at that place below the output folder. */
  public Path file(String relative) throws IOException {
    return new Path(committer.getWorkPath(), relative);
  }

  /**
   * Hands the task's files over to the wave's commit. The driver allows it to one of two attempts
   * that run at once: a second commit removes the files of the first before it puts down its own,
   * and might be killed in between.
   */
  public void commit() {
    int partition = TaskContext.getPartitionId();
    SparkHadoopMapRedUtil.commitTask(committer, context, context.getJobID().getId(), partition);
  }

  /** Removes the task's files. */
  public void abort() throws IOException {
    committer.abortTask(context);
  }
}
