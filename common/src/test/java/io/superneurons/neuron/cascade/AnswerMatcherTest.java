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

  @Test
  void anAnswerThatIsALabelIsThatLabel() {
    for (List<String> labels :
        List.of(
            List.of("-1", "0", "1"),
            List.of("+", "-"),
            List.of("<5", ">5"),
            List.of("👍", "👎"),
            List.of("❤️", "yes"),
            List.of("C", "C++", "C#"),
            List.of("10", "-10", "10%"),
            List.of("$5", "€5"),
            List.of("दिन", "दीन"))) {
      AnswerMatcher matcher = new AnswerMatcher(labels);
      for (String label : labels) {
        assertEquals(labels.indexOf(label), matcher.match(" " + label + "\n"), label);
      }
    }
    AnswerMatcher composed = new AnswerMatcher(List.of("caf\u00e9", "cafe"));
    assertEquals(0, composed.match("cafe\u0301"));
    assertEquals(0, composed.match("Cafe\u0301."));
    assertEquals(1, composed.match("Cafe."));
  }

  @ParameterizedTest
  @CsvSource({
    "It is -1., 0",
    "The answer is 1, 1",
    "\u22121, 0",
    "1.0, 1",
    "'1.5 or so', 2",
    "1.50, -1",
    "2.5, -1",
    "'1,000 of them', 3",
    "10, -1",
    "-1000, -1",
    "x-1, 1",
    "between 0-1, 1",
    "'(1)', 1",
  })
  void numbersAreTakenWhole(String answer, int expected) {
    AnswerMatcher numbers = new AnswerMatcher(List.of("-1", "1", "1.5", "1000"));
    assertEquals(expected, numbers.match(answer), answer);
  }

  @Test
  void labelsOfTheSameWordsAreNamedByTheirOwnTextOnly() {
    AnswerMatcher matcher = new AnswerMatcher(List.of("C", "C++", "Java"));
    assertEquals(Confusion.NO_LABEL, matcher.match("It is C"));
    assertEquals(Confusion.NO_LABEL, matcher.match("C and Java"));
    assertEquals(2, matcher.match("It is Java"));
  }
}
