package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.model.weights.ComputeType;
import org.junit.jupiter.api.Test;

/** What is computed in for Super Neurons, whoever wrote their activations. */
class NeuronsOfModelTest {
  @Test
  void aTypeThatIsNotKnownIsLeftToTheMachine() {
    assertEquals(ComputeType.BFLOAT16, NeuronsOfModel.computeType("bfloat16"));
    assertEquals(ComputeType.AUTO, NeuronsOfModel.computeType("unknown"));
    String message =
        assertThrows(ConfigurationException.class, () -> NeuronsOfModel.computeType("float64"))
            .getMessage();
    assertTrue(message.contains("compute_dtype float64"), message);
  }
}
