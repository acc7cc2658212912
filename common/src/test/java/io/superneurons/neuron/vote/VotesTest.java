package io.superneurons.neuron.vote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.superneurons.neuron.statistics.Confusion;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VotesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 254, 255, 256, 100_000})
  void whatWasVotedIsWhatIsRead(int labels) {
    for (int rows : new int[] {0, 1, 31, 32, 33, 1000}) {
      int[] cast = new Random(labels).ints(rows, Confusion.NO_LABEL, labels).toArray();
      Votes votes = Votes.of(labels, rows, row -> cast[row]);
      assertEquals(rows, votes.rows());
      for (int row = 0; row < rows; row++) {
        assertEquals(cast[row], votes.label(row));
      }
    }
  }

  @Test
  void twoLabelsTakeAQuarterOfAByte() {
    assertEquals(Votes.bytes(2, 0) + 250_000, Votes.bytes(2, 1_000_000));
    assertEquals(Votes.bytes(255, 0) + 1_000_000, Votes.bytes(255, 1_000_000));
  }

  @Test
  void aLabelThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Votes.of(2, 1, row -> 2));
    assertThrows(IllegalArgumentException.class, () -> Votes.of(2, 1, row -> -2));
  }
}
