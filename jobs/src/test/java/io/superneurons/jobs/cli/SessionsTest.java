package io.superneurons.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.TravellingClasses;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SessionsTest {
  @Test
  void theRegistratorThatIsNamedIsTheProjects() {
    SparkConf settings = Sessions.settings(new SparkConf(false));
    assertEquals(TravellingClasses.class.getName(), settings.get("spark.kryo.registrator"));
  }

  @Test
  void executorsNameFilesInUtf8() {
    SparkConf settings = Sessions.settings(new SparkConf(false));
    assertEquals("C.UTF-8", settings.get("spark.executorEnv.LC_ALL"));
  }

  @Test
  void aRegistratorOfTheUsersStays() {
    SparkConf own = new SparkConf(false).set("spark.kryo.registrator", "org.example.Classes");
    assertEquals("org.example.Classes", Sessions.settings(own).get("spark.kryo.registrator"));
  }
}
