package io.superneurons.neuron.baseline;

/**
 * What one attention head says of the rows of a task.
 *
 * @param layer zero-based decoder layer
 * @param head zero-based head
 * @param values its vectors [rows][scalars of the head]
 */
public record HeadVectors(int layer, int head, double[][] values) {
  /** Shorter vectors stay as they are, which are zero but for rounding. */
  private static final double SHORTEST = 1e-12;

  /**
   * The vectors of a head.
   *
   * @param dimensions the values of its scalars [scalars of the head][rows]
   */
  public static HeadVectors of(int layer, int head, float[][] dimensions) {
    double[][] values = new double[dimensions[0].length][dimensions.length];
    for (int d = 0; d < dimensions.length; d++) {
      for (int row = 0; row < values.length; row++) {
        values[row][d] = dimensions[d][row];
      }
    }
    return new HeadVectors(layer, head, values);
  }

  /** The same at length 1. */
  public HeadVectors atLengthOne() {
    double[][] unit = new double[values.length][];
    for (int row = 0; row < unit.length; row++) {
      unit[row] = values[row].clone();
      double norm = Math.max(Math.sqrt(dot(unit[row], unit[row])), SHORTEST);
      for (int d = 0; d < unit[row].length; d++) {
        unit[row][d] /= norm;
      }
    }
    return new HeadVectors(layer, head, unit);
  }

  static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int d = 0; d < a.length; d++) {
      dot += a[d] * b[d];
    }
    return dot;
  }

  /**
   * The mean vector of each label [labels][scalars of the head].
   *
   * @param rows whose vectors count
   * @param given label index of each row of the task
   */
  double[][] means(int[] rows, int[] given, int labels) {
    double[][] means = new double[labels][values[0].length];
    int[] counts = new int[labels];
    for (int row : rows) {
      counts[given[row]]++;
      for (int d = 0; d < values[row].length; d++) {
        means[given[row]][d] += values[row][d];
      }
    }
    for (int label = 0; label < labels; label++) {
      for (int d = 0; d < means[label].length && counts[label] > 0; d++) {
        means[label][d] /= counts[label];
      }
    }
    return means;
  }

  /** Exponentials of numbers over a temperature, as shares of their sum; in place. */
  static void softmax(double[] numbers, double temperature) {
    double most = numbers[0];
    for (double number : numbers) {
      most = Math.max(most, number);
    }
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.exp((numbers[i] - most) / temperature);
      sum += numbers[i];
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] /= sum;
    }
  }
}
