package io.superneurons.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetteredChoicesTest {
  private static final LetteredChoices COLORS = new LetteredChoices(List.of("red", "C", "b"));

  @Test
  void thePromptListsTheOptions() {
    assertEquals(
        """
        Which is it?
        A. red
        B. C
        C. b
        Answer with the option's letter from the given choices directly.\
        """,
        COLORS.asked("Which is it?"));
  }

  @Test
  void labelsAreLettersOrTexts() {
    assertEquals("A", COLORS.letter("red"));
    assertEquals("A", COLORS.letter(" a "));
    assertEquals("C", COLORS.letter(2));
  }

  @Test
  void whatMayBeTwoChoicesOrNoneIsRefused() {
    refused("may be one of two", () -> COLORS.letter("C"));
    refused("may be one of two", () -> COLORS.letter("b"));
    refused("neither a letter from A to C", () -> COLORS.letter("D"));
    refused("neither a letter", () -> COLORS.letter("1"));
    refused("none of 3 choices", () -> COLORS.letter(3));
    refused("may be one of two", () -> new LetteredChoices(List.of("x", "x")).letter("x"));
    assertEquals("B", new LetteredChoices(List.of("x", "x")).letter("B"));
    refused("there are 0 choices", () -> new LetteredChoices(List.of()));
    refused("choice B is empty", () -> new LetteredChoices(List.of("x", " ")));
    refused("there are 27", () -> new LetteredChoices(Collections.nCopies(27, "x")));
  }

  private static void refused(String why, Runnable call) {
    String said = assertThrows(TextException.class, call::run).getMessage();
    assertTrue(said.contains(why), said);
  }
}
