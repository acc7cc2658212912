package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.ReportSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Labels that may mean nothing are warned of, others are not. */
class TaskWarningsTest {
  @Test
  void whatLuckExplainsIsToldOnce() {
    List<String> told = TaskWarnings.of(ReportSelection.odd(), null);
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("NOTHING WAS FOUND"), told.toString());
  }

  @Test
  void answersAreNoLabels() {
    assertEquals(
        List.of("learnt from the model's own answers, not from labels"),
        TaskWarnings.of(ReportSelection.plainFromAnswers(), "What  is it?"));
  }

  @Test
  void anotherQuestionIsNamedAndItsOwnIsNot() {
    assertEquals(List.of(), TaskWarnings.of(ReportSelection.plain(), " What is it?"));
    List<String> told = TaskWarnings.of(ReportSelection.plain(), "Is it red?");
    assertTrue(told.get(0).startsWith("ANOTHER QUESTION"), told.toString());
  }
}
