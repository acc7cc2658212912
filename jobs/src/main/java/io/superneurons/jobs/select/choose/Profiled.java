package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.select.scan.Profiles;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Together;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.chosen.TaskProfile;
import io.superneurons.neuron.rows.TaskRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Adds to what was selected what the chosen neurons did on probing and on other tasks' rows. */
final class Profiled {
  private Profiled() {}

  /**
   * Adds profiles to what was selected.
   *
   * @param bytes memory for a Spark task
   * @param outcomes one per task of the scan, in its order
   */
  static List<Optional<Selected>> added(
      JavaSparkContext context,
      Broadcast<ScanPlan> work,
      long bytes,
      List<Optional<Selected>> outcomes) {
    List<Profiles.Request> requests = requests(outcomes);
    if (requests.isEmpty()) {
      return outcomes;
    }
    List<Together<Profiles.Request>> together =
        work.value()
            .together(
                requests,
                request -> request.bytes(work.value()),
                bytes,
                context.defaultParallelism());
    context.sc().setJobDescription("select: profiles of the Super Neurons");
    List<Profiles.Found> found =
        context
            .parallelize(together, together.size())
            .flatMap(some -> Profiles.Request.profiles(work.value(), some.requests()).iterator())
            .collect();
    Map<Integer, List<Profiles.Found>> byTask =
        found.stream()
            .collect(
                Collectors.groupingBy(Profiles.Found::task, TreeMap::new, Collectors.toList()));
    byTask.values().forEach(ofTask -> ofTask.sort(Comparator.comparingInt(Profiles.Found::place)));
    return IntStream.range(0, outcomes.size())
        .mapToObj(task -> outcomes.get(task).map(o -> with(work.value(), task, byTask, outcomes)))
        .toList();
  }

  private static Selected with(
      ScanPlan work,
      int task,
      Map<Integer, List<Profiles.Found>> byTask,
      List<Optional<Selected>> outcomes) {
    List<Profiles.Found> found = byTask.get(task);
    TaskProfile profile =
        new TaskProfile(
            labels(work.plan(task).rows()), found.stream().map(Profiles.Found::profile).toList());
    return outcomes
        .get(task)
        .orElseThrow()
        .with(
            profile,
            Transfers.of(
                work, task, found.stream().map(Profiles.Found::abroad).toList(), outcomes));
  }

  private static List<Profiles.Request> requests(List<Optional<Selected>> outcomes) {
    Map<LayerSite, List<Profiles.Chosen>> byColumn = new TreeMap<>();
    for (int task = 0; task < outcomes.size(); task++) {
      List<SuperNeuron> members =
          outcomes.get(task).map(o -> o.superNeurons().neurons()).orElse(List.of());
      for (int place = 0; place < members.size(); place++) {
        byColumn
            .computeIfAbsent(members.get(place).neuron().layerSite(), column -> new ArrayList<>())
            .add(new Profiles.Chosen(task, place, members.get(place)));
      }
    }
    List<Profiles.Request> requests = new ArrayList<>();
    byColumn.forEach((column, chosen) -> requests.add(new Profiles.Request(column, chosen)));
    return requests;
  }

  private static Map<String, Long> labels(TaskRows rows) {
    Map<String, Long> labels = new LinkedHashMap<>();
    rows.labels().forEach(label -> labels.put(label, 0L));
    for (int row = 0; row < rows.size(TaskRows.PROBE); row++) {
      labels.merge(rows.labels().get(rows.given()[row]), 1L, Long::sum);
    }
    return labels;
  }
}
