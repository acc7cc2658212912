package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.ReportSelection;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Comparison;
import io.superneurons.jobs.results.Evaluation;
import io.superneurons.jobs.results.OtherAnswer;
import io.superneurons.neuron.statistics.PairedTest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A model that is always wrong is told from one that answers in other words than the labels. */
class VerdictTest {
  private static final String RIGHT =
      "On test, Super Neurons are right on 90.0% of 10 rows of plain";
  private static final String OUTSIDE =
      "; the model’s own answers are not among the labels of plain, the most frequent of all rows"
          + " are “teal” (3).";

  @Test
  void answersOutsideTheLabelsAreNamed() {
    TaskResults outside = results(0, List.of(new OtherAnswer("plain", "teal", 3)));
    assertEquals(RIGHT + ".", said(outside), "what came out first, and the rest once on a page");
    Element first =
        new Verdict(List.of(outside), "test").drawWithAnswers(task -> List.of("after layer 1"));
    assertEquals(RIGHT + " (after layer 1)" + OUTSIDE, text(first));
    assertEquals(List.of(), ownAnswers(outside, Optional.of("test")));
    assertEquals(
        List.of("Own answers that name no label, the most frequent: “teal” (3)."),
        ownAnswers(outside, Optional.of("other")));
  }

  @Test
  void labelsThatAreAllWrongAreAnswers() {
    String better =
        "On test, Super Neurons against the model’s own answer: better on plain (0.900 against"
            + " 0.000, p = 0.004).";
    assertEquals(better, said(results(1, List.of())));
    assertEquals(better, said(results(0.75, List.of(new OtherAnswer("plain", "teal", 3)))));
    assertEquals(better, said(results(0, List.of())), "no answer is no answer in other words");
  }

  private static List<String> ownAnswers(TaskResults task, Optional<String> first) {
    return new TaskWords(task, first)
        .draw().stream()
            .map(VerdictTest::text)
            .filter(text -> text.startsWith("Own answers"))
            .toList();
  }

  private static String said(TaskResults task) {
    return text(new Verdict(List.of(task), "test").draw());
  }

  private static String text(Element element) {
    return element.render().replaceAll("<[^>]*>", "").strip();
  }

  /** No answer is right; a share of them names a label. */
  private static TaskResults results(double named, List<OtherAnswer> others) {
    return new TaskResults(
        ReportSelection.plain(),
        List.of(
            evaluation(Evaluation.SUPER_NEURONS, "accuracy", 0.9),
            evaluation(Evaluation.MODEL_ANSWER, "accuracy", 0),
            evaluation(Evaluation.MODEL_ANSWER, Evaluation.COVERAGE, named)),
        List.of(),
        List.of(),
        List.of(new Comparison("plain", "test", Evaluation.MODEL_ANSWER, new PairedTest(9, 0))),
        others,
        List.of(),
        0,
        0);
  }

  private static Evaluation evaluation(String method, String metric, double value) {
    return new Evaluation(
        "plain",
        "test",
        method,
        metric,
        value,
        10,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
