package io.superneurons.neuron.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
  @Test
  void itIsScikitLearnsRidgeClassifier() throws IOException {
    try (InputStream file =
        LinearProbeTest.class.getResourceAsStream("/neuron/linear-probe.json")) {
      for (JsonNode expected : new ObjectMapper().readTree(file).get("cases")) {
        LinearProbe probe =
            LinearProbe.withPenalty(
                turned(matrix(expected.get("fit"))),
                ints(expected.get("given")),
                expected.get("labels").asInt(),
                expected.get("alpha").asDouble());
        double[][] check = matrix(expected.get("check"));
        double[][] decisions = matrix(expected.get("decisions"));
        int[] predicted = ints(expected.get("predicted"));
        for (int row = 0; row < check.length; row++) {
          double[] found = probe.decisions(check[row]);
          for (int i = 0; i < found.length; i++) {
            assertEquals(decisions[row][i], found[i], 1e-9);
          }
          assertEquals(predicted[row], probe.predict(check[row]));
        }
      }
    }
  }

  @Test
  void aWeakerPenaltyFitsMoreClosely() {
    double[][] features = {{0, 1, 2, 3, 4, 5.5}, {1, 0, 1, 0, 2, 0}};
    int[] given = {0, 0, 1, 0, 1, 1};
    List<LinearProbe> probes = LinearProbe.fit(features, given, 2, 0, 1, 2, 3, 4);
    double before = Double.POSITIVE_INFINITY;
    for (LinearProbe probe : probes) {
      double loss = 0;
      for (int row = 0; row < given.length; row++) {
        double target = given[row] == 1 ? 1 : -1;
        loss +=
            Math.pow(
                probe.decisions(new double[] {features[0][row], features[1][row]})[0] - target, 2);
      }
      assertTrue(loss < before, "loss " + loss + " after " + before);
      before = loss;
    }
    assertEquals(LinearProbe.penalties(), probes.size());
  }

  @Test
  void equalRowsHaveNoProbe() {
    double[][] features = {{1, 1, 1}, {2, 2, 2}};
    assertEquals(List.of(), LinearProbe.fit(features, new int[] {0, 1, 0}, 2, 0));
  }

  private static int[] ints(JsonNode array) {
    return Arrays.stream(numbers(array)).mapToInt(value -> (int) value).toArray();
  }

  private static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    Arrays.setAll(matrix, row -> numbers(rows.get(row)));
    return matrix;
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    Arrays.setAll(numbers, i -> array.get(i).asDouble());
    return numbers;
  }

  private static double[][] turned(double[][] matrix) {
    double[][] turned = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < turned.length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }
}
