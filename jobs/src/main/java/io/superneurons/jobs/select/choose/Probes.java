package io.superneurons.jobs.select.choose;

import io.superneurons.activation.LayerSite;
import io.superneurons.activation.Site;
import io.superneurons.jobs.select.scan.ProbeRequest;
import io.superneurons.jobs.select.scan.ProbeRows;
import io.superneurons.jobs.select.scan.ProbeScan;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.scan.Together;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The baseline of a linear probe: ridge regression on one layer's residual stream. Layer and
 * penalty are chosen on the rows that choose everything else; only residual streams are read.
 */
final class Probes {
  /** The best score, then the earlier layer. */
  private static final Comparator<ProbeScan.Setting> BEST_FIRST =
      Comparator.comparingDouble(ProbeScan.Setting::score)
          .reversed()
          .thenComparingInt(setting -> setting.column().layer());

  private final JavaSparkContext context;
  private final Broadcast<ScanPlan> shared;
  private final long bytes;

  /**
   * @param bytes memory for a Spark task; a probe that needs more is left out
   */
  Probes(JavaSparkContext context, Broadcast<ScanPlan> shared, long bytes) {
    this.context = context;
    this.shared = shared;
    this.bytes = bytes;
  }

  /**
   * Finds each task's probe.
   *
   * @param columns those whose neurons may be selected
   * @return nothing for a task without residual streams to read, or with too many rows for the
   *     memory
   */
  List<Optional<ProbeScan.Answer>> find(List<LayerSite> columns) {
    context.sc().setJobDescription("select: linear probes");
    List<Optional<ProbeScan.Answer>> answers = new ArrayList<>();
    shared.value().tasks().forEach(task -> answers.add(Optional.empty()));
    for (ProbeScan.Answer answer : answers(settings(columns))) {
      answers.set(answer.task(), Optional.of(answer));
    }
    return answers;
  }

  private Map<Integer, ProbeScan.Setting> settings(List<LayerSite> columns) {
    List<Integer> tasks = IntStream.range(0, shared.value().tasks().size()).boxed().toList();
    List<LayerSite> residual = columns.stream().filter(c -> c.site() == Site.RESID_POST).toList();
    List<ProbeRequest> requests = new ArrayList<>();
    residual.forEach(column -> requests.addAll(plan(column, tasks, ProbeRows.CHOOSING)));
    Map<Integer, ProbeScan.Setting> best = new HashMap<>();
    if (!requests.isEmpty()) {
      Broadcast<ScanPlan> work = shared;
      List<Together<ProbeRequest>> together = together(requests, ProbeRows.CHOOSING);
      context
          .parallelize(together, together.size())
          .flatMap(some -> ProbeScan.choose(work.value(), some.requests()).iterator())
          .collect()
          .forEach(s -> best.merge(s.task(), s, (a, b) -> BEST_FIRST.compare(a, b) <= 0 ? a : b));
    }
    return best;
  }

  private List<ProbeScan.Answer> answers(Map<Integer, ProbeScan.Setting> settings) {
    List<ProbeRequest> requests = new ArrayList<>();
    for (LayerSite column :
        settings.values().stream().map(ProbeScan.Setting::column).distinct().sorted().toList()) {
      List<Integer> tasks =
          settings.values().stream()
              .filter(setting -> setting.column().equals(column))
              .map(ProbeScan.Setting::task)
              .sorted()
              .toList();
      requests.addAll(plan(column, tasks, ProbeRows.KEPT));
    }
    if (requests.isEmpty()) {
      return List.of();
    }
    Broadcast<ScanPlan> work = shared;
    Map<Integer, ProbeScan.Setting> chosen = new HashMap<>(settings);
    List<Together<ProbeRequest>> together = together(requests, ProbeRows.KEPT);
    return context
        .parallelize(together, together.size())
        .flatMap(some -> ProbeScan.answer(work.value(), some.requests(), chosen).iterator())
        .collect();
  }

  private List<Together<ProbeRequest>> together(List<ProbeRequest> requests, ProbeRows rows) {
    ScanPlan work = shared.value();
    return work.together(
        requests, request -> request.bytes(work, rows), bytes, context.defaultParallelism());
  }

  private List<ProbeRequest> plan(LayerSite column, List<Integer> tasks, ProbeRows rows) {
    return ProbeRequest.plan(
        shared.value(), column, tasks, rows, bytes, context.defaultParallelism());
  }
}
