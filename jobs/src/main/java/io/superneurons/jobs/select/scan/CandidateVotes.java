package io.superneurons.jobs.select.scan;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Neuron;
import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rule.FittedRule;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.NeuronScorer;
import io.superneurons.neuron.values.NeuronValues;
import io.superneurons.neuron.vote.Ballot;
import io.superneurons.neuron.vote.Votes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What contenders of one Parquet column vote: a second look at the few neurons that may be chosen.
 *
 * @param task index of the task
 * @param contenders those that can vote
 * @param ballots of each
 */
public record CandidateVotes(int task, List<Contender> contenders, List<Ballot> ballots)
    implements Serializable {
  private static final float[] NO_VALUES = {};

  /**
   * Contenders of one column.
   *
   * @param column where they are
   * @param contenders by index of the task
   */
  public record Request(LayerSite column, List<List<Contender>> contenders)
      implements Serializable {
    /** Cuts what is asked of all columns so that no request needs more than the memory given. */
    public static List<Request> plan(List<List<Contender>> byTask, long rows, long bytes) {
      int fitting = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / (rows * Float.BYTES)));
      List<Neuron> neurons =
          byTask.stream().flatMap(List::stream).map(Contender::neuron).distinct().sorted().toList();
      List<Request> requests = new ArrayList<>();
      for (LayerSite column : neurons.stream().map(Neuron::layerSite).distinct().toList()) {
        List<Neuron> within = neurons.stream().filter(n -> n.layerSite().equals(column)).toList();
        for (int from = 0; from < within.size(); from += fitting) {
          List<Neuron> part = within.subList(from, Math.min(within.size(), from + fitting));
          requests.add(of(column, part, byTask));
        }
      }
      return requests;
    }

    private static Request of(LayerSite column, List<Neuron> part, List<List<Contender>> byTask) {
      Set<Neuron> wanted = Set.copyOf(part);
      return new Request(
          column,
          byTask.stream()
              .map(list -> list.stream().filter(c -> wanted.contains(c.neuron())).toList())
              .toList());
    }

    /** Of the neurons within the column, ascending. */
    private int[] indexes() {
      return contenders.stream()
          .flatMap(List::stream)
          .mapToInt(contender -> contender.neuron().index())
          .distinct()
          .sorted()
          .toArray();
    }

    /** Memory that answering takes. */
    public long bytes(long rows) {
      return ColumnChunk.BYTES + rows * Float.BYTES * indexes().length;
    }
  }

  /** Answers requests in one pass over the files; runs within a Spark task. */
  public static List<CandidateVotes> cast(ScanPlan work, List<Request> requests) {
    BitSet all = new BitSet();
    all.set(0, work.rows());
    List<NeuronMatrix> matrices =
        NeuronMatrix.read(
            work,
            requests.stream()
                .map(request -> new NeuronMatrix.Wanted(request.column, request.indexes(), all))
                .toList());
    List<CandidateVotes> votes = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      int[] indexes = requests.get(i).indexes();
      List<List<Contender>> byTask = requests.get(i).contenders;
      for (int task = 0; task < byTask.size(); task++) {
        if (!byTask.get(task).isEmpty()) {
          votes.add(cast(work, task, byTask.get(task), indexes, matrices.get(i)));
        }
      }
    }
    return votes;
  }

  private static CandidateVotes cast(
      ScanPlan work, int task, List<Contender> contenders, int[] indexes, NeuronMatrix matrix) {
    TaskPlan plan = work.plan(task);
    int[] positions = matrix.positions(work.start(task), plan.rows().size());
    NeuronScorer scorer = new NeuronScorer(plan, positions);
    CandidateVotes cast = new CandidateVotes(task, new ArrayList<>(), new ArrayList<>());
    Map<Neuron, float[]> known = new HashMap<>(); // contenders of one neuron share its values
    for (Contender contender : contenders) {
      NeuronValues values = matrix.values(Arrays.binarySearch(indexes, contender.neuron().index()));
      Optional<FittedRule> fitted = scorer.fit(values, contender.slot(), contender.trial());
      if (fitted.isPresent()) {
        cast.contenders.add(contender);
        Votes votes = votes(plan, contender.trial(), fitted.get(), values, positions);
        float[] read =
            work.needsValues(task, contender.slot())
                ? known.computeIfAbsent(contender.neuron(), n -> values.at(positions))
                : NO_VALUES;
        cast.ballots.add(new Ballot(fitted.get(), votes, read));
      }
    }
    return cast;
  }

  private static Votes votes(
      TaskPlan plan, int trial, FittedRule rule, NeuronValues values, int[] positions) {
    return Votes.of(
        plan.rows().labels().size(),
        plan.votingRows(trial),
        row -> rule.vote(values.type().value(values.key(positions[row]))));
  }
}
