package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.model.weights.Computation;
import io.superneurons.model.weights.ComputeType;
import io.superneurons.model.weights.TowerType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed in for Super Neurons, whoever wrote their activations. */
class NeuronsOfModelTest {
  @Test
  void aTypeThatIsNotKnownIsLeftToTheMachine() {
    assertEquals(Computation.in(ComputeType.BFLOAT16), NeuronsOfModel.computation("bfloat16"));
    assertEquals(Computation.in(ComputeType.AUTO), NeuronsOfModel.computation("unknown"));
    String message =
        assertThrows(ConfigurationException.class, () -> NeuronsOfModel.computation("float64"))
            .getMessage();
    assertTrue(message.contains("compute_dtype float64"), message);
  }

  /** What is chosen, what is asked for, and what is computed in. */
  @ParameterizedTest
  @CsvSource({
    "bfloat16+int8_tower, AUTO, AUTO, bfloat16+int8_tower",
    "bfloat16+int8_tower, AUTO, INT8, bfloat16+int8_tower",
    "bfloat16+int8_tower, FLOAT32, AUTO, float32+int8_tower",
    "float32, AUTO, AUTO, float32",
    "unknown, AUTO, INT8, auto+int8_tower",
    "float64, FLOAT32, INT8, float32+int8_tower",
  })
  void aTowerIsComputedAsItWasChosen(
      String chosen, ComputeType type, TowerType tower, String expected) {
    assertEquals(
        expected, NeuronsOfModel.computation(chosen, new Computation(type, tower)).label());
  }

  @Test
  void anotherTowerThanWasChosenIsRefused() {
    Computation asked = new Computation(ComputeType.AUTO, TowerType.INT8);
    String message =
        assertThrows(
                ConfigurationException.class, () -> NeuronsOfModel.computation("float32", asked))
            .getMessage();
    assertTrue(message.contains("compute_dtype float32, which --tower-dtype int8"), message);
  }
}
