package io.superneurons.model.family.parts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.model.decoder.Sequence;
import io.superneurons.model.weights.ModelException;
import org.junit.jupiter.api.Test;

class ImageSlotsTest {
  private static final long IMAGE = 9;

  @Test
  void widensTheOnePlaceholder() {
    Sequence sequence = ImageSlots.expand(0, new long[] {1, IMAGE, 2}, IMAGE, 3);
    assertArrayEquals(new long[] {1, IMAGE, IMAGE, IMAGE, 2}, sequence.ids());
    assertArrayEquals(new int[] {-1, 0, 1, 2, -1}, sequence.features());
  }

  @Test
  void assignsFeaturesToPlaceholdersInOrder() {
    long[] ids = {1, IMAGE, IMAGE, 5, IMAGE, 2};
    Sequence sequence = ImageSlots.assign(0, ids, IMAGE, 3);
    assertArrayEquals(ids, sequence.ids());
    assertArrayEquals(new int[] {-1, 0, 1, -1, 2, -1}, sequence.features());
    assertEquals(6, sequence.length());
  }

  @Test
  void refusesAnotherNumberOfPlaceholders() {
    long[] ids = {1, IMAGE, IMAGE, 2};
    assertThrows(ModelException.class, () -> ImageSlots.expand(0, ids, IMAGE, 2));
    ModelException e =
        assertThrows(ModelException.class, () -> ImageSlots.assign(0, ids, IMAGE, 3));
    assertTrue(e.getMessage().contains("2 image placeholders"), e.getMessage());
  }
}
