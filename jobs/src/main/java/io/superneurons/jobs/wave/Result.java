package io.superneurons.jobs.wave;

import io.superneurons.jobs.input.ErrorKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import scala.Tuple2;

/**
 * What a Spark task sends to the files of its wave: a row that is done, a row that failed, or, as
 * the last of its results, what it counted. Results travel as {@link ResultBytes}: no class of the
 * project is serialised with each row, whichever serializer Spark has.
 *
 * @param key its place among the results of the wave, see {@link ResultKey}
 * @param kind what it is
 * @param error what was wrong with a row that failed; null for other kinds
 * @param values a row's, in the order of its file's columns; of counts the JSON alone
 */
public record Result(long key, Kind kind, ErrorKind error, Object[] values) {
  /** What a result is. */
  enum Kind {
    DONE,
    FAILED,
    COUNTS
  }

  public Result {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(values, "values");
    if ((error != null) != (kind == Kind.FAILED)) {
      throw new IllegalArgumentException("An error belongs to a row that failed, and to no other");
    }
  }

  /**
   * A row that is done.
   *
   * @param piece index of the piece among those of all waves
   * @param number of the result among those of its piece
   * @param values in the order of {@link ResultFiles#rows()}
   */
  static Result done(int piece, int number, Object[] values) {
    return new Result(ResultKey.row(piece, number), Kind.DONE, null, values);
  }

  /**
   * A row that failed.
   *
   * @param piece index of the piece among those of all waves
   * @param number of the result among those of its piece
   * @param values in the order of {@link ResultFiles#errors()}
   */
  public static Result failed(int piece, int number, ErrorKind error, Object[] values) {
    return new Result(ResultKey.row(piece, number), Kind.FAILED, error, values);
  }

  /** What a Spark task counted. */
  static Result counts(int piece, RowCounts counts) {
    return new Result(ResultKey.counts(piece), Kind.COUNTS, null, new Object[] {counts.toJson()});
  }

  /** The counts of a result that is nothing else. */
  RowCounts counts() throws IOException {
    return RowCounts.fromJson((String) values[0]);
  }

  /** The key, which Spark sorts by, and all else as bytes. */
  public Tuple2<Long, byte[]> toTuple() {
    return new Tuple2<>(key, ResultBytes.encode(this));
  }

  /** Reads {@link #toTuple()}. */
  static Result of(Tuple2<Long, byte[]> tuple) {
    return ResultBytes.decode(tuple._1(), tuple._2());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Result result
        && key == result.key
        && kind == result.kind
        && error == result.error
        && Arrays.deepEquals(values, result.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, kind, error, Arrays.deepHashCode(values));
  }
}
