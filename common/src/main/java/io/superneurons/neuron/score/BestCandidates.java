package io.superneurons.neuron.score;

import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Keeps the best of many candidates, in whatever order they come. It holds no more than it keeps.
 */
public final class BestCandidates {
  private final int kept;
  private final PriorityQueue<Candidate> worstFirst =
      new PriorityQueue<>(Collections.reverseOrder(Candidate.BEST_FIRST));

  /**
   * @param kept how many to keep; positive
   */
  public BestCandidates(int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("Keep at least one candidate, not " + kept);
    }
    this.kept = kept;
  }

  /** Whether a candidate of that score would be taken in if it came first among equals. */
  public boolean mayKeep(double fitScore) {
    return worstFirst.size() < kept || fitScore >= worstFirst.peek().fitScore();
  }

  /** Takes one in, unless its score is NaN: such neurons are never selected. */
  public void offer(Candidate candidate) {
    if (Double.isNaN(candidate.fitScore())) {
      return;
    }
    if (worstFirst.size() < kept) {
      worstFirst.add(candidate);
    } else if (Candidate.BEST_FIRST.compare(candidate, worstFirst.peek()) < 0) {
      worstFirst.poll();
      worstFirst.add(candidate);
    }
  }

  /** The best so far, best first. */
  public List<Candidate> best() {
    return worstFirst.stream().sorted(Candidate.BEST_FIRST).toList();
  }
}
