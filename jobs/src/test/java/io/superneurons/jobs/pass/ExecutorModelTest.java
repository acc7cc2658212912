package io.superneurons.jobs.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.cli.Sessions;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ExecutorModelTest {
  @Test
  void tasksThatTakeSeveralCoresAreFewer() {
    SparkConf conf =
        Sessions.settings(new SparkConf())
            .set("spark.master", "local[4]")
            .set("spark.executor.cores", "8")
            .set("spark.task.cpus", "2");
    SparkSession spark = SparkSession.builder().config(conf).appName("task slots").getOrCreate();
    try {
      assertEquals(4, ExecutorModel.taskSlots());
    } finally {
      spark.stop();
    }
  }
}
