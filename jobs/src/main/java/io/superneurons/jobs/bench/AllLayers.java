package io.superneurons.jobs.bench;

import io.superneurons.jobs.bench.shape.RandomCheckpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the passes would take with all layers of the published model, where only some were written.
 * A layer costs what all sites of all layers took more than those of the exit layer, divided by the
 * layers between; a generated token, which is bound by memory, costs as the bytes of weights that
 * it reads.
 */
final class AllLayers {
  private static final Set<Pass> PASSES =
      Set.of(Pass.LABEL, Pass.LABEL_SITES, Pass.FIRST_TOKEN, Pass.ANSWER, Pass.EXTRACT);

  private final RandomCheckpoint checkpoint;
  private final BenchPlan plan;
  private final Medians medians;
  private final int published;
  private final Map<String, Double> values = new LinkedHashMap<>();

  private AllLayers(RandomCheckpoint checkpoint, BenchPlan plan, Medians medians) {
    this.checkpoint = checkpoint;
    this.plan = plan;
    this.medians = medians;
    this.published = RandomCheckpoint.publishedLayers(checkpoint.shape());
  }

  /**
   * Seconds a question and ratios; empty where all layers were written, none beyond the exit layer,
   * or one of the passes that it takes was left out.
   */
  static Map<String, Double> of(RandomCheckpoint checkpoint, BenchPlan plan, Medians medians) {
    AllLayers all = new AllLayers(checkpoint, plan, medians);
    if (checkpoint.layers() < all.published
        && checkpoint.layers() > plan.exitLayer() + 1
        && plan.passes().containsAll(PASSES)) {
      all.put(1, "");
      if (plan.questions() > 1) {
        all.put(plan.questions(), "_shared");
      }
    }
    return all.values;
  }

  private void put(int questions, String suffix) {
    double label = seconds(Pass.LABEL, questions);
    double layer =
        (seconds(Pass.EXTRACT, questions) - seconds(Pass.LABEL_SITES, questions))
            / (checkpoint.layers() - 1 - plan.exitLayer());
    double firstToken =
        seconds(Pass.FIRST_TOKEN, questions) + (published - checkpoint.layers()) * layer;
    double tokens = seconds(Pass.ANSWER, questions) - seconds(Pass.FIRST_TOKEN, questions);
    double answer =
        firstToken + tokens * bytesOfToken(published) / bytesOfToken(checkpoint.layers());
    values.put("layer_seconds" + suffix, layer);
    values.put("first_token_seconds" + suffix, firstToken);
    values.put("answer_seconds" + suffix, answer);
    values.put("first_token_over_label" + suffix, firstToken / label);
    values.put("answer_over_label" + suffix, answer / label);
    if (questions == 1) {
      medians
          .engine(Pass.LABEL_TOWER, 1)
          .ifPresent(
              labelTower -> {
                values.put("first_token_over_label_tower", firstToken / labelTower);
                values.put("answer_over_label_tower", answer / labelTower);
              });
    }
  }

  private double seconds(Pass pass, int questions) {
    return medians.engine(pass, questions).orElseThrow();
  }

  /** Weights that one generated token reads: the layers and the head. */
  private double bytesOfToken(int layers) {
    long whole = new RandomCheckpoint(checkpoint.shape(), published, checkpoint.type(), 0).bytes();
    double layer = (whole - checkpoint.bytes()) / (double) (published - checkpoint.layers());
    return layers * layer + checkpoint.headBytes();
  }
}
