package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelLayers;
import io.superneurons.jobs.ReportSelection;
import io.superneurons.jobs.report.markup.Element;
import io.superneurons.jobs.report.read.ExitCost;
import io.superneurons.jobs.report.read.TaskResults;
import io.superneurons.jobs.results.Evaluation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A report of a selection that learnt from the model's answers never takes them for labels. */
class LearntFromAnswersTest {
  private static final Evaluation AS_ANSWERED =
      evaluation(Evaluation.SUPER_NEURONS, "accuracy", 0.975, 200);

  @Test
  void theCardSaysSoAndWhatLabelsSay() {
    String card =
        card(
            AS_ANSWERED,
            evaluation(Evaluation.SUPER_NEURONS, Evaluation.TRUE_ACCURACY, 0.945, 180),
            evaluation(Evaluation.MODEL_ANSWER, Evaluation.TRUE_ACCURACY, 0.956, 180));
    assertTrue(card.contains("as the model answers on 200 test rows"), card);
    assertTrue(
        card.contains(
            "Labels are the model’s own answers. By the labels of 180 rows Super Neurons are right"
                + " on 94.5%, the model on 95.6%."),
        card);
  }

  @Test
  void withoutLabelsNothingIsRight() {
    String card = card(AS_ANSWERED);
    assertTrue(
        card.contains(
            "Labels are the model’s own answers. How right these are is not known: no row was given"
                + " a label."),
        card);
  }

  @Test
  void theVerdictComparesNothing() {
    assertEquals(
        "On test, labels are the model’s own answers: what is right here is what it says.",
        text(new Verdict(List.of(results(AS_ANSWERED)), "test").draw()));
    String words =
        new TaskWords(results(AS_ANSWERED), Optional.empty())
            .draw().stream().map(LearntFromAnswersTest::text).toList().toString();
    assertTrue(words.contains("Labels are the model’s own answers"), words);
  }

  private static String card(Evaluation... evaluations) {
    ExitCost cost = ExitCost.ofLayers(new ModelLayers(0, 2));
    return text(new AnswerCard(results(evaluations), cost, Optional.empty()).draw("test", "task"));
  }

  private static String text(Element element) {
    return element.render().replaceAll("<[^>]*>", "").strip();
  }

  private static TaskResults results(Evaluation... evaluations) {
    return new TaskResults(
        ReportSelection.plainFromAnswers(),
        List.of(evaluations),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        0);
  }

  private static Evaluation evaluation(String method, String metric, double value, int rows) {
    return new Evaluation(
        "plain",
        "test",
        method,
        metric,
        value,
        rows,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
