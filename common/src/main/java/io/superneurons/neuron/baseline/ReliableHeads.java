package io.superneurons.neuron.baseline;

import io.superneurons.neuron.rows.TaskPlan;
import io.superneurons.neuron.rows.Trial;
import io.superneurons.neuron.vote.Verdicts;
import java.io.Serializable;
import java.util.Collection;

/**
 * Attention heads that weigh by how reliable they are for each label: Class-conditional Attention
 * vectors (CALM, arXiv 2602.07077), with the settings of its published code. A head gives a row
 * probabilities by its cosine with each label's mean vector; for each label it weighs by how far
 * that label's probability leads the others on rows of the label that did not make the means:
 * validation rows, or the probing rows where there are none. The sums are in whole numbers, so that
 * they are the same in any order.
 */
public final class ReliableHeads implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double TEMPERATURE = 0.07;
  private static final double UNIT = 0x1p40;

  private final long[] reliability; // of the heads, for each label together [labels]
  private final long[] weighted; // probabilities times reliability [rows * labels]
  private final long[] plain; // probabilities [rows * labels]
  private int heads;

  /** Starts without heads. */
  public ReliableHeads(TaskPlan plan) {
    int labels = plan.rows().labels().size();
    this.reliability = new long[labels];
    this.weighted = new long[plan.rows().size() * labels];
    this.plain = new long[weighted.length];
  }

  /** Bytes that the sums take. */
  public static long bytes(TaskPlan plan) {
    return 2L * Long.BYTES * plan.rows().size() * plan.rows().labels().size();
  }

  /**
   * Adds a head.
   *
   * @param unit its vectors at length 1
   */
  public void add(HeadVectors vectors, HeadVectors unit, TaskPlan plan) {
    Trial trial = plan.trials().get(TaskPlan.MAIN);
    int[] given = plan.rows().given();
    int labels = reliability.length;
    double[][] means = vectors.means(trial.fit(), given, labels);
    double[][] prototypes = new HeadVectors(0, 0, means).atLengthOne().values();
    double[][] probabilities = new double[unit.values().length][labels];
    for (int row = 0; row < probabilities.length; row++) {
      for (int label = 0; label < labels; label++) {
        probabilities[row][label] = HeadVectors.dot(unit.values()[row], prototypes[label]);
      }
      HeadVectors.softmax(probabilities[row], TEMPERATURE);
    }
    int[] checked = trial.check().length > 0 ? trial.check() : trial.fit();
    double[] leads = leads(probabilities, checked, given);
    heads++;
    for (int label = 0; label < labels; label++) {
      reliability[label] += whole(leads[label]);
      for (int row = 0; row < probabilities.length; row++) {
        weighted[row * labels + label] += whole(leads[label] * probabilities[row][label]);
        plain[row * labels + label] += whole(probabilities[row][label]);
      }
    }
  }

  private static long whole(double share) {
    return Math.round(share * UNIT);
  }

  /** How far the label leads the next one on its rows, where it does; on the mean [labels]. */
  private static double[] leads(double[][] probabilities, int[] rows, int[] given) {
    int labels = probabilities[0].length;
    double[] leads = new double[labels];
    int[] counts = new int[labels];
    for (int row : rows) {
      double next = 0;
      for (int label = 0; label < labels; label++) {
        next = label == given[row] ? next : Math.max(next, probabilities[row][label]);
      }
      leads[given[row]] += Math.max(0, probabilities[row][given[row]] - next);
      counts[given[row]]++;
    }
    for (int label = 0; label < labels; label++) {
      leads[label] = counts[label] == 0 ? 0 : leads[label] / counts[label];
    }
    return leads;
  }

  /**
   * What all heads say of every row of the task: for each label the probabilities weighted by
   * reliability, or the plain ones where no head is reliable.
   *
   * @param parts of all heads
   */
  public static Verdicts vote(Collection<ReliableHeads> parts, TaskPlan plan) {
    ReliableHeads all = new ReliableHeads(plan);
    for (ReliableHeads part : parts) {
      all.heads += part.heads;
      add(part.reliability, all.reliability);
      add(part.weighted, all.weighted);
      add(part.plain, all.plain);
    }
    int labels = all.reliability.length;
    double[][] sums = new double[plan.rows().size()][labels];
    for (int row = 0; row < sums.length; row++) {
      for (int label = 0; label < labels; label++) {
        int cell = row * labels + label;
        sums[row][label] =
            all.reliability[label] > 0
                ? (double) all.weighted[cell] / all.reliability[label]
                : all.plain[cell] / UNIT / all.heads;
      }
    }
    return Verdicts.ofSums(sums);
  }

  private static void add(long[] from, long[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
