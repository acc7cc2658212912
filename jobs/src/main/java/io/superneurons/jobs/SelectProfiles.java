package io.superneurons.jobs;

import io.superneurons.activation.LayerSite;
import io.superneurons.neuron.NeuronProfile;
import io.superneurons.neuron.SuperNeuron;
import io.superneurons.neuron.TaskProfile;
import io.superneurons.neuron.TaskRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the chosen neurons did on the probing rows, for label to compare with: a last look at their
 * columns.
 */
final class SelectProfiles {
  private SelectProfiles() {}

  /**
   * A chosen neuron.
   *
   * @param task index of its plan
   * @param place among the task's neurons
   * @param member the neuron
   */
  record Chosen(int task, int place, SuperNeuron member) implements Serializable {}

  /**
   * The chosen neurons of one column.
   *
   * @param column where they are
   * @param chosen at least one
   */
  record Request(LayerSite column, List<Chosen> chosen) implements Serializable {
    /** Answers the request; runs within a Spark task. */
    List<Found> profiles(SelectWork work) {
      int[] indexes =
          chosen.stream().mapToInt(c -> c.member.neuron().index()).distinct().sorted().toArray();
      BitSet rows = new BitSet(work.rows());
      chosen.forEach(
          c -> rows.set(work.starts()[c.task], work.starts()[c.task] + probing(work, c)));
      NeuronMatrix matrix = NeuronMatrix.read(work, column, indexes, rows);
      List<Found> found = new ArrayList<>();
      for (Chosen c : chosen) {
        int at = Arrays.binarySearch(indexes, c.member.neuron().index());
        int labels = work.plans().get(c.task).rows().labels().size();
        int[] positions = matrix.positions(work.starts()[c.task], probing(work, c));
        NeuronProfile profile =
            NeuronProfile.of(c.member.fitted(), labels, matrix.values(at), positions);
        found.add(new Found(c.task, c.place, profile));
      }
      return found;
    }

    /** Probing rows are a task's first. */
    private static int probing(SelectWork work, Chosen chosen) {
      return work.plans().get(chosen.task).rows().size(TaskRows.PROBE);
    }
  }

  /** A neuron's profile, and whose it is. */
  record Found(int task, int place, NeuronProfile profile) implements Serializable {}

  /**
   * Adds profiles to what was selected.
   *
   * @param outcomes by index of the plan
   */
  static List<Optional<SelectTask.Outcome>> added(
      JavaSparkContext context,
      Broadcast<SelectWork> work,
      List<Optional<SelectTask.Outcome>> outcomes) {
    List<Request> requests = requests(outcomes);
    if (requests.isEmpty()) {
      return outcomes;
    }
    context.sc().setJobDescription("select: profiles of the Super Neurons");
    List<Found> found =
        context
            .parallelize(requests, requests.size())
            .flatMap(request -> request.profiles(work.value()).iterator())
            .collect();
    return IntStream.range(0, outcomes.size())
        .mapToObj(
            task ->
                outcomes
                    .get(task)
                    .map(o -> o.with(profile(work.value().plans().get(task).rows(), task, found))))
        .toList();
  }

  private static TaskProfile profile(TaskRows rows, int task, List<Found> found) {
    return new TaskProfile(
        labels(rows),
        found.stream()
            .filter(f -> f.task == task)
            .sorted(Comparator.comparingInt(Found::place))
            .map(Found::profile)
            .toList());
  }

  private static List<Request> requests(List<Optional<SelectTask.Outcome>> outcomes) {
    Map<LayerSite, List<Chosen>> byColumn = new TreeMap<>();
    for (int task = 0; task < outcomes.size(); task++) {
      List<SuperNeuron> members =
          outcomes.get(task).map(o -> o.superNeurons().neurons()).orElse(List.of());
      for (int place = 0; place < members.size(); place++) {
        byColumn
            .computeIfAbsent(members.get(place).neuron().layerSite(), column -> new ArrayList<>())
            .add(new Chosen(task, place, members.get(place)));
      }
    }
    List<Request> requests = new ArrayList<>();
    byColumn.forEach((column, chosen) -> requests.add(new Request(column, chosen)));
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
