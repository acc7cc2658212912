package io.superneurons.jobs;

import java.io.Serializable;
import java.util.List;

/** Tasks whose scores are written together; broadcast to those that write. */
record ScoredTasks(List<ScoredTask> tasks) implements Serializable {
  ScoredTasks {
    tasks = List.copyOf(tasks);
  }
}
