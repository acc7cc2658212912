package io.superneurons.neuron.chosen;

import io.superneurons.DocumentedNames;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/formats.md names every key of {@code superneurons.json}. */
class SuperNeuronsDocTest {
  @Test
  void everyKeyIsDocumented() throws IOException {
    DocumentedNames.require(DocumentedNames.keys(SuperNeuronsFile.class), "formats.md");
  }
}
