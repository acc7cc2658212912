package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.neuron.chosen.NeuronProfile;
import io.superneurons.neuron.chosen.SuperNeuron;
import io.superneurons.neuron.drift.NeuronSums;
import io.superneurons.neuron.rows.TaskRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What is asked and answered of the chosen neurons, in a last look at their columns: what they did
 * on the probing rows, for label to compare with, and what they vote on other tasks' rows.
 */
public final class Profiles {
  private Profiles() {}

  /**
   * A chosen neuron.
   *
   * @param task index of its plan
   * @param place among the task's neurons
   * @param member the neuron
   */
  public record Chosen(int task, int place, SuperNeuron member) implements Serializable {}

  /**
   * The chosen neurons of one column.
   *
   * @param column where they are
   * @param chosen at least one
   */
  public record Request(LayerSite column, List<Chosen> chosen) implements Serializable {
    /** Answers requests in one pass over the files; runs within a Spark task. */
    public static List<Found> profiles(ScanPlan work, List<Request> requests) {
      List<NeuronMatrix> matrices =
          NeuronMatrix.read(
              work,
              requests.stream()
                  .map(r -> new NeuronMatrix.Wanted(r.column, r.indexes(), r.rows(work)))
                  .toList());
      return IntStream.range(0, requests.size())
          .mapToObj(i -> requests.get(i).profiles(work, matrices.get(i)))
          .flatMap(List::stream)
          .toList();
    }

    /** Memory that answering takes. */
    public long bytes(ScanPlan work) {
      int neurons = indexes().length;
      return ColumnChunk.BYTES + (long) work.rows() * Float.BYTES * neurons;
    }

    private int[] indexes() {
      return chosen.stream().mapToInt(c -> c.member.neuron().index()).distinct().sorted().toArray();
    }

    private BitSet rows(ScanPlan work) {
      BitSet rows = new BitSet(work.rows());
      chosen.forEach(c -> rows.set(work.start(c.task), work.start(c.task) + probing(work, c)));
      targets(work).values().forEach(others -> setAbroad(work, others, rows));
      return rows;
    }

    /** The other tasks that each task's neurons vote on. */
    private Map<Integer, int[]> targets(ScanPlan work) {
      Map<Integer, int[]> targets = new TreeMap<>();
      for (Chosen c : chosen) {
        targets.computeIfAbsent(c.task, task -> Abroad.targets(work, task));
      }
      return targets;
    }

    private List<Found> profiles(ScanPlan work, NeuronMatrix matrix) {
      int[] indexes = indexes();
      Map<Integer, int[]> targets = targets(work);
      List<Found> found = new ArrayList<>();
      for (Chosen c : chosen) {
        int at = Arrays.binarySearch(indexes, c.member.neuron().index());
        int labels = work.plan(c.task).rows().labels().size();
        int[] positions = matrix.positions(work.start(c.task), probing(work, c));
        NeuronProfile profile =
            NeuronSums.profile(c.member.fitted(), labels, matrix.values(at), positions);
        List<Abroad> abroad =
            Abroad.votes(work, targets.get(c.task), c.member.fitted(), matrix.values(at), matrix);
        found.add(new Found(c.task, c.place, profile, abroad));
      }
      return found;
    }

    private static void setAbroad(ScanPlan work, int[] others, BitSet rows) {
      for (int other : others) {
        TaskRows ofOther = work.plan(other).rows();
        int start = work.start(other);
        int set = Abroad.set(ofOther);
        rows.set(start + ofOther.start(set), start + ofOther.end(set));
      }
    }

    /** Probing rows are a task's first. */
    private static int probing(ScanPlan work, Chosen chosen) {
      return work.plan(chosen.task).rows().size(TaskRows.PROBE);
    }
  }

  /** A neuron's profile, whose it is, and what it votes on other tasks' rows. */
  public record Found(int task, int place, NeuronProfile profile, List<Abroad> abroad)
      implements Serializable {}
}
