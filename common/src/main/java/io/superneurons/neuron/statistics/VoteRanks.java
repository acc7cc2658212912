package io.superneurons.neuron.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Rows in the order of their votes, for the {@link Auc} of any number of copies of each: sorted
 * once, counted often.
 *
 * @param columns one for two labels, else one per label
 * @param given label index of each row [rows]
 */
public record VoteRanks(Column[] columns, int[] given) {
  /**
   * One number per row.
   *
   * @param label whose rows should have the larger numbers
   * @param numbers of the rows [rows]
   * @param order rows by ascending number [rows]
   */
  private record Column(int label, double[] numbers, int[] order) {
    static Column of(int label, double[] numbers) {
      int[] order =
          IntStream.range(0, numbers.length)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> numbers[row]))
              .mapToInt(Integer::intValue)
              .toArray();
      return new Column(label, numbers, order);
    }
  }

  /**
   * Ranks rows: by the difference of the two labels' weights, or by each label's own weight.
   *
   * @param weights of each row's votes [rows][labels]
   * @param given label index of each row [rows]
   * @param labels how many labels there are
   */
  public static VoteRanks of(double[][] weights, int[] given, int labels) {
    if (labels == 2) {
      double[] differences = Arrays.stream(weights).mapToDouble(row -> row[1] - row[0]).toArray();
      return new VoteRanks(new Column[] {Column.of(1, differences)}, given);
    }
    Column[] columns =
        IntStream.range(0, labels)
            .mapToObj(
                label ->
                    Column.of(label, Arrays.stream(weights).mapToDouble(r -> r[label]).toArray()))
            .toArray(Column[]::new);
    return new VoteRanks(columns, given);
  }

  /**
   * The area, or the mean over the labels that have rows, as {@link Auc#ofVotes} says.
   *
   * @param counts how often each row counts [rows]
   */
  public double auc(int[] counts) {
    double sum = 0;
    int ranked = 0;
    for (Column column : columns) {
      double area = auc(column, counts);
      if (!Double.isNaN(area)) {
        sum += area;
        ranked++;
      }
    }
    return ranked == 0 ? Auc.CHANCE : sum / ranked;
  }

  /** The area of one column; NaN where the label has all rows or none. */
  private double auc(Column column, int[] counts) {
    long twiceWins = 0;
    long othersBelow = 0;
    long positives = 0;
    int[] order = column.order;
    for (int from = 0; from < order.length; ) {
      long equalPositives = 0;
      long equalOthers = 0;
      double number = column.numbers[order[from]];
      int to = from;
      for (; to < order.length && column.numbers[order[to]] == number; to++) {
        boolean isPositive = given[order[to]] == column.label;
        equalPositives += isPositive ? counts[order[to]] : 0;
        equalOthers += isPositive ? 0 : counts[order[to]];
      }
      twiceWins += equalPositives * (2 * othersBelow + equalOthers);
      othersBelow += equalOthers;
      positives += equalPositives;
      from = to;
    }
    boolean canRank = positives > 0 && othersBelow > 0;
    return canRank ? Auc.of(twiceWins, positives, othersBelow) : Double.NaN;
  }
}
