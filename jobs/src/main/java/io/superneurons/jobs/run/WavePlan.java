package io.superneurons.jobs.run;

import io.superneurons.jobs.cli.Plural;
import io.superneurons.jobs.manifest.PlanCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * How a run is cut: into waves, which are committed one after another; each wave into pieces, of
 * which a Spark task computes one and a retry repeats one, and into files.
 *
 * @param waves in their order
 */
record WavePlan(List<Wave> waves) {
  private static final long ROWS_PER_COMMIT = 50_000;
  private static final long BYTES_PER_COMMIT = 8L << 30;
  private static final long ROWS_PER_FILE = 25_000;
  private static final long BYTES_PER_FILE = 1L << 30;
  private static final int ROWS_PER_PIECE = 256;

  /**
   * One wave.
   *
   * @param firstPiece index among all pieces of the run
   * @param pieces number of pieces
   * @param files for rows that are done; as many at most for those that failed
   */
  record Wave(int firstPiece, int pieces, int files) {}

  /**
   * Plans a run.
   *
   * @param rows counts of the rows of the run
   * @param bytesPerRow of a result, about
   */
  static WavePlan of(SparkSession spark, PlanCounts rows, long bytesPerRow, RunOptions asked) {
    if (rows.pending() == 0) {
      return new WavePlan(List.of());
    }
    long perCommit = chosen(asked.rowsPerCommit(), ROWS_PER_COMMIT, BYTES_PER_COMMIT, bytesPerRow);
    long perFile = chosen(asked.rowsPerFile(), ROWS_PER_FILE, BYTES_PER_FILE, bytesPerRow);
    long waves = up(rows.pending(), perCommit);
    int pieces = piecesPerWave(spark, rows, waves, asked.partitions());
    int files = Math.toIntExact(Math.min(up(up(rows.pending(), waves), perFile), pieces));
    List<Wave> plan = new ArrayList<>();
    for (int wave = 0; wave < waves; wave++) {
      plan.add(new Wave(Math.multiplyExact(wave, pieces), pieces, files));
    }
    return new WavePlan(List.copyOf(plan));
  }

  private static long chosen(int asked, long most, long mostBytes, long bytesPerRow) {
    return asked > 0 ? asked : Math.max(1, Math.min(most, mostBytes / Math.max(1, bytesPerRow)));
  }

  private static int piecesPerWave(
      SparkSession spark, PlanCounts rows, long waves, int partitions) {
    if (partitions > 0) {
      return Math.toIntExact(up(partitions, waves));
    }
    long bySize = up(up(rows.pending(), waves), ROWS_PER_PIECE);
    long byCores =
        Math.min(
            spark.sparkContext().defaultParallelism(),
            up(Math.min(rows.images(), rows.pending()), waves));
    return Math.toIntExact(Math.max(bySize, byCores));
  }

  private static long up(long amount, long part) {
    return (amount + part - 1) / part;
  }

  /** Pieces of all waves. */
  int pieces() {
    return waves.stream().mapToInt(Wave::pieces).sum();
  }

  /** For the plan that is printed. */
  @Override
  public String toString() {
    return waves.isEmpty()
        ? "no wave"
        : String.format(
            Locale.ROOT,
            "%s in %s of %s%s",
            Plural.text(pieces(), "piece"),
            Plural.text(waves.size(), "wave"),
            Plural.text(waves.get(0).files(), "file"),
            waves.size() == 1 ? "" : " each");
  }
}
