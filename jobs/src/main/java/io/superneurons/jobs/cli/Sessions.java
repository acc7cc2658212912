package io.superneurons.jobs.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/** Opens the Spark session of a job; what spark-submit or its properties file say comes first. */
public final class Sessions {
  /** A name, since the registrator knows the classes of all packages, and is known by none. */
  static final String REGISTRATOR = "io.superneurons.jobs.TravellingClasses";

  private static final String LOCAL = "local[*]";

  private Sessions() {}

  /** A session with the project's settings, and a local one where no master is given. */
  public static SparkSession open(String name) {
    return SparkSession.builder().config(settings(new SparkConf())).appName(name).getOrCreate();
  }

  /** A session of its own on the cluster of another, with the project's settings of SQL. */
  public static SparkSession within(SparkSession other) {
    SparkSession own = other.newSession();
    SparkConf settings = settings(new SparkConf(false));
    for (String key :
        new String[] {
          "spark.sql.caseSensitive",
          "spark.sql.adaptive.enabled",
          "spark.sql.autoBroadcastJoinThreshold",
          "spark.sql.parquet.outputTimestampType"
        }) {
      own.conf().set(key, settings.get(key));
    }
    return own;
  }

  /** Hadoop's configuration as a session will have it, before there is one. */
  public static Configuration hadoopConfiguration() {
    return SparkHadoopUtil.get().newConfiguration(settings(new SparkConf()));
  }

  /** What the tasks that open files themselves need. */
  public static Broadcast<SerializableConfiguration> broadcastHadoopConfiguration(
      SparkSession spark) {
    return spark
        .sparkContext()
        .broadcast(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()),
            ClassTag$.MODULE$.apply(SerializableConfiguration.class));
  }

  /** Adds the project's settings to those that are there. */
  public static SparkConf settings(SparkConf conf) {
    if (conf.get("spark.master", LOCAL).startsWith("local")) {
      // 200 partitions of a few rows each would take longer than the work.
      int cores = Runtime.getRuntime().availableProcessors();
      conf.setIfMissing("spark.sql.shuffle.partitions", Integer.toString(4 * cores));
    }
    return conf.setIfMissing("spark.master", LOCAL)
        .setIfMissing("spark.serializer", KryoSerializer.class.getName())
        .setIfMissing("spark.kryo.registrator", REGISTRATOR)
        // A bound, not what is taken: what a task of select says of millions of rows may pass 64
        // MB.
        .setIfMissing("spark.kryoserializer.buffer.max", "1g")
        // Files of others may have a column Label beside label.
        .setIfMissing("spark.sql.caseSensitive", "true")
        // Java names files in the locale's encoding, and workers often have none.
        .setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8")
        // Each stage of an adaptive query is a Spark job of its own, each broadcast table another;
        // what is joined here is of any size, and its estimate is not.
        .setIfMissing("spark.sql.adaptive.enabled", "false")
        .setIfMissing("spark.sql.autoBroadcastJoinThreshold", "-1")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .setIfMissing(
            "spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a",
            "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory")
        .setIfMissing("spark.hadoop.fs.s3a.committer.name", "magic");
  }
}
