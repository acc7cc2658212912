package io.superneurons.jobs;

import io.superneurons.activation.LayerSite;
import io.superneurons.neuron.NeuronProfile;
import io.superneurons.neuron.NeuronSums;
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
import java.util.stream.Collectors;
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
      Map<Integer, int[]> targets = new TreeMap<>();
      for (Chosen c : chosen) {
        targets.computeIfAbsent(c.task, task -> Abroad.targets(work, task));
      }
      targets.values().forEach(others -> setAbroad(work, others, rows));
      NeuronMatrix matrix = NeuronMatrix.read(work, column, indexes, rows);
      List<Found> found = new ArrayList<>();
      for (Chosen c : chosen) {
        int at = Arrays.binarySearch(indexes, c.member.neuron().index());
        int labels = work.plans().get(c.task).rows().labels().size();
        int[] positions = matrix.positions(work.starts()[c.task], probing(work, c));
        NeuronProfile profile =
            NeuronSums.profile(c.member.fitted(), labels, matrix.values(at), positions);
        List<Abroad> abroad =
            Abroad.votes(work, targets.get(c.task), c.member.fitted(), matrix.values(at), matrix);
        found.add(new Found(c.task, c.place, profile, abroad));
      }
      return found;
    }

    private static void setAbroad(SelectWork work, int[] others, BitSet rows) {
      for (int other : others) {
        TaskRows ofOther = work.plans().get(other).rows();
        int start = work.starts()[other];
        int set = Abroad.set(ofOther);
        rows.set(start + ofOther.start(set), start + ofOther.end(set));
      }
    }

    /** Probing rows are a task's first. */
    private static int probing(SelectWork work, Chosen chosen) {
      return work.plans().get(chosen.task).rows().size(TaskRows.PROBE);
    }
  }

  /** A neuron's profile, whose it is, and what it votes on other tasks' rows. */
  record Found(int task, int place, NeuronProfile profile, List<Abroad> abroad)
      implements Serializable {}

  /**
   * Adds profiles to what was selected.
   *
   * @param outcomes by index of the plan
   */
  static List<Optional<Selected>> added(
      JavaSparkContext context, Broadcast<SelectWork> work, List<Optional<Selected>> outcomes) {
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
    Map<Integer, List<Found>> byTask =
        found.stream()
            .collect(Collectors.groupingBy(Found::task, TreeMap::new, Collectors.toList()));
    byTask.values().forEach(ofTask -> ofTask.sort(Comparator.comparingInt(Found::place)));
    return IntStream.range(0, outcomes.size())
        .mapToObj(task -> outcomes.get(task).map(o -> with(work.value(), task, byTask, outcomes)))
        .toList();
  }

  private static Selected with(
      SelectWork work,
      int task,
      Map<Integer, List<Found>> byTask,
      List<Optional<Selected>> outcomes) {
    List<Found> found = byTask.get(task);
    TaskProfile profile =
        new TaskProfile(
            labels(work.plans().get(task).rows()), found.stream().map(Found::profile).toList());
    return outcomes
        .get(task)
        .orElseThrow()
        .with(
            profile,
            Transfers.of(work, task, found.stream().map(Found::abroad).toList(), outcomes));
  }

  private static List<Request> requests(List<Optional<Selected>> outcomes) {
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
