package io.superneurons.neuron.chosen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.superneurons.neuron.Fixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeldOutFileTest {
  static List<JsonNode> cases() {
    List<JsonNode> cases = new ArrayList<>();
    Fixture.read("cascade.json").get("cases").forEach(cases::add);
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFileKeepsHeldOutRows(JsonNode c) {
    HeldOut heldOut = Fixture.heldOut(c);
    HeldOut read = HeldOutFile.of(heldOut, List.of()).toHeldOut("there");
    assertArrayEquals(heldOut.rows(), read.rows());
    assertTrue(Arrays.deepEquals(heldOut.margins(), read.margins()));
    assertTrue(Arrays.deepEquals(heldOut.right(), read.right()));
    assertArrayEquals(heldOut.answerRight(), read.answerRight());
  }
}
