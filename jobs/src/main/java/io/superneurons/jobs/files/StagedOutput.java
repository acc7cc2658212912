package io.superneurons.jobs.files;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.MRJobConfig;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that appear in an output folder all together or not at all, through the committer that
 * Hadoop has for the folder's file system: rename on HDFS and local disks, S3A's magic committer on
 * object stores. A Spark task that runs twice leaves its files once. Runs do not touch each
 * other's.
 */
public final class StagedOutput {
  private static final Logger LOG = LoggerFactory.getLogger(StagedOutput.class);

  private final PathOutputCommitter committer;
  private final TaskAttemptContext context;

  private StagedOutput(PathOutputCommitter committer, TaskAttemptContext context) {
    this.committer = committer;
    this.context = context;
  }

  /**
   * Begins a wave's output, in a place where nothing is; on the driver, before any Spark task.
   *
   * @param run names the run, as no other; letters and digits
   * @param wave of the run
   */
  public static Staging begin(Configuration conf, Path folder, String run, int wave)
      throws IOException {
    FileSystem files = folder.getFileSystem(conf);
    Staging staging;
    do {
      int attempt = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
      staging = new Staging(files.makeQualified(folder).toString(), run, wave, attempt);
    } while (files.exists(place(staging)));
    StagedOutput setup = attempt(conf, staging, 0, 0);
    setup.committer.setupJob(setup.jobContext());
    return staging;
  }

  /** Makes the files of all Spark tasks appear; on the driver, after the last of them. */
  public static void commitAll(Configuration conf, Staging staging) throws IOException {
    StagedOutput commit = attempt(conf, staging, 0, 0);
    commit.committer.commitJob(commit.jobContext());
    try {
      remove(conf, staging);
    } catch (IOException e) {
      LOG.warn("Cannot remove {}; a later run will", place(staging), e);
    }
  }

  /** Removes what Spark tasks left; on the driver, when the job failed. Others' files stay. */
  public static void abortAll(Configuration conf, Staging staging) throws IOException {
    StagedOutput abort = attempt(conf, staging, 0, 0);
    // Hadoop's own committer would remove the places of all runs.
    if (!(abort.committer instanceof FileOutputCommitter)) {
      abort.committer.abortJob(abort.jobContext(), JobStatus.State.FAILED);
    }
    remove(conf, staging);
  }

  private static Path place(Staging staging) {
    return new Path(shared(staging), Integer.toString(staging.attempt()));
  }

  /** The folder that holds the places of all runs. */
  private static Path shared(Staging staging) {
    return new Path(staging.output(), FileOutputCommitter.PENDING_DIR_NAME);
  }

  private static void remove(Configuration conf, Staging staging) throws IOException {
    FileSystem files = staging.output().getFileSystem(conf);
    files.delete(place(staging), true);
    Leftovers.deleteIfEmpty(files, shared(staging));
  }

  /**
   * Begins a Spark task's output.
   *
   * @param partition of the Spark task
   * @param attempt of the Spark task, unique within the application
   */
  public static StagedOutput open(Configuration conf, Staging staging, int partition, long attempt)
      throws IOException {
    StagedOutput output = attempt(conf, staging, partition, attempt);
    output.committer.setupTask(output.context);
    return output;
  }

  private static StagedOutput attempt(
      Configuration conf, Staging staging, int partition, long attempt) throws IOException {
    JobConf job = new JobConf(conf);
    // A wave is only a part of a run; the driver writes the marker when the run is done.
    job.setBoolean(FileOutputCommitter.SUCCESSFUL_JOB_OUTPUT_DIR_MARKER, false);
    // With the other algorithm files appear as Spark tasks end, and a killed wave leaves some of
    // them.
    job.setInt(FileOutputCommitter.FILEOUTPUTCOMMITTER_ALGORITHM_VERSION, 1);
    // Each place is its own, and only that is removed: a run that lost the folder must not take
    // away what its successor staged there.
    job.setInt(MRJobConfig.APPLICATION_ATTEMPT_ID, staging.attempt());
    job.setBoolean(FileOutputCommitter.FILEOUTPUTCOMMITTER_CLEANUP_SKIPPED, true);
    job.set("fs.s3a.committer.uuid", staging.uuid());
    job.set("spark.sql.sources.writeJobUUID", staging.uuid());
    job.setBoolean("fs.s3a.committer.abort.pending.uploads", false);
    TaskID task = new TaskID(new JobID(staging.run(), staging.wave()), TaskType.MAP, partition);
    TaskAttemptContext context =
        new TaskAttemptContextImpl(job, new TaskAttemptID(task, (int) (attempt & 0x7fffffff)));
    return new StagedOutput(
        PathOutputCommitterFactory.createCommitter(staging.output(), context), context);
  }

  private JobContext jobContext() {
    return new JobContextImpl(context.getConfiguration(), context.getJobID());
  }

  /** Where to write a file that will appear at that place below the output folder. */
  public Path file(String relative) throws IOException {
    return new Path(committer.getWorkPath(), relative);
  }

  /**
   * Hands the Spark task's files over to the wave's commit. The driver allows it to one of two
   * attempts that run at once: a second commit removes the files of the first before it puts down
   * its own, and might be killed in between.
   */
  public void commit() {
    int partition = TaskContext.getPartitionId();
    SparkHadoopMapRedUtil.commitTask(committer, context, context.getJobID().getId(), partition);
  }

  /** Removes the Spark task's files. */
  public void abort() throws IOException {
    committer.abortTask(context);
  }
}
