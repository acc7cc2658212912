package io.superneurons.neuron.cascade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.neuron.statistics.Confusion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerMatcherTest {
  private final AnswerMatcher yesNo = new AnswerMatcher(List.of("no", "yes"));
  private final AnswerMatcher land =
      new AnswerMatcher(List.of("Annual Crop", "Forest", "River", "River bank"));

  @ParameterizedTest
  @CsvSource({
    "Yes, 1",
    "' yes.', 1",
    "'No, there is no dog.', 0",
    "'I would say yes!', 1",
    "'There is nothing', -1",
    "'Possibly yes or no', -1",
    "'yesterday', -1",
    "'', -1",
  })
  void yesOrNo(String answer, int expected) {
    assertEquals(expected, yesNo.match(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "annual_crop, 0",
    "'(A) forest', 1",
    "River bank., 3",
    "river, 2",
    "'It is a forest or a river', -1",
  })
  void manyLabels(String answer, int expected) {
    assertEquals(expected, land.match(answer));
  }

  @Test
  void noAnswerIsNoLabel() {
    assertEquals(Confusion.NO_LABEL, yesNo.match(null));
  }
}
