package io.superneurons.jobs.wave;

import org.apache.spark.Partitioner;

/**
 * Which writer of a wave a result goes to: neighbouring pieces share one, which puts their rows
 * that are done into one file and those that failed into another ({@link WaveWriter}).
 *
 * <p>All results of a piece, its rows, its errors and its counts, go to one writer. Each row of the
 * piece is exactly once among the results of any one computation of it, done or failed; but two
 * computations may differ in which it is, since what kept an image from being read comes and goes.
 * A writer reads what Spark holds of each piece: the output of one computation from its beginning
 * to its end. So whichever computation it is, each row is there exactly once:
 *
 * <ul>
 *   <li>Where an executor is lost after some writers are done, its pieces are computed again for
 *       the others alone. Results of one piece that went to two writers could then come from two
 *       computations, and a row be in both or in neither.
 *   <li>A writer that cannot fetch a part fails as a whole; its next attempt begins with nothing.
 *   <li>Of two speculative computations of a piece Spark keeps one output; of two writers of the
 *       same files the driver lets one commit.
 * </ul>
 */
public final class WaveFiles extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int firstPiece;
  private final int pieces;
  private final int files;

  /**
   * @param firstPiece index of the wave's first piece among those of all waves
   * @param pieces number of the wave's pieces
   * @param files number of the wave's writers
   */
  public WaveFiles(int firstPiece, int pieces, int files) {
    this.firstPiece = firstPiece;
    this.pieces = pieces;
    this.files = files;
  }

  @Override
  public int numPartitions() {
    return files;
  }

  @Override
  public int getPartition(Object key) {
    return (int) ((long) (ResultKey.piece((Long) key) - firstPiece) * files / pieces);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WaveFiles wave
        && firstPiece == wave.firstPiece
        && pieces == wave.pieces
        && files == wave.files;
  }

  @Override
  public int hashCode() {
    return (firstPiece * 31 + pieces) * 31 + files;
  }
}
