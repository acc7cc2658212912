package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.ReportFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** What the page of a small selection says of all tasks together. */
class ReportPageTest {
  @TempDir static Path folder;
  private static DrawnReport drawn;

  @BeforeAll
  static void draw() throws IOException, ParserConfigurationException, SAXException {
    drawn = DrawnReport.in(folder);
  }

  @Test
  void namesFromFilesStayText() throws XPathExpressionException {
    assertEquals(
        List.of(
            "The answer",
            ReportFixture.ODD,
            ReportFixture.PLAIN,
            "Neurons that serve several tasks",
            "Made with"),
        drawn.texts("//h2"));
    assertEquals(
        List.of(ReportFixture.ODD, ReportFixture.PLAIN, "mean of tasks"),
        drawn.texts("//table[@data-set='test']/tbody/tr/th"));
    assertEquals(List.of("Super Neurons: tiny & co"), drawn.texts("/html/head/title"));
    assertTrue(
        drawn.texts("//dd").contains("prompt_suffix: Say <yes> or no."),
        drawn.texts("//dd").toString());
    assertTrue(drawn.texts("//dd").contains("superneurons: 1.2.3"), drawn.texts("//dd").toString());
  }

  @Test
  void everyTaskIsAnsweredInANumberASentenceAndAChart() throws XPathExpressionException {
    String card = "//article[1]";
    assertEquals(List.of("70.0%right on 40 test rows"), drawn.texts(card + "/div[@class='big']"));
    assertEquals(
        List.of(
            "What is it?",
            "Nothing was found: with labels shuffled it does as well (p = 0.500), so luck explains"
                + " it.",
            "Worse than the model’s own answer, 90.0%."),
        drawn.texts(card + "/p"));
    assertEquals(
        List.of("Super Neurons", "Model’s own answer", "Random neurons"),
        drawn.texts(card + "//g[@class='ours' or @class='other']/text[1]"));
    assertEquals(
        List.of("leaves after layer 1", "60% of a pass"),
        drawn.texts(card + "/ul[@class='facts']/li"));
    assertEquals(
        List.of("What is it?", "Better than the model’s own answer, 80.0%."),
        drawn.texts("//article[2]/p"));
  }

  @Test
  void tablesHoldTheScoresOfTheMetricThatRanksWithTheBestInBold() throws XPathExpressionException {
    assertEquals(
        List.of(
            "task",
            "n",
            "Super Neurons",
            "Model’s own answer",
            "Random neurons",
            "neurons",
            "exit layer"),
        drawn.texts("//table[@data-set='test']/thead/tr/th"));
    assertEquals(
        List.of("40", "0.700.60–.75", "0.900worse", "0.500", "2", "1"),
        drawn.texts("//table[@data-set='test']/tbody/tr[1]/td"));
    assertEquals(
        List.of("0.900", "0.950", "0.850"), drawn.texts("//table[@data-set='test']/tbody//b"));
    assertEquals(
        List.of("0.650", "0.650", "0.850", "0.750"),
        drawn.texts("//table[@data-set='shifted']/tbody//b"));
    assertEquals(
        List.of("", "0.825", "0.850", "0.500", "", ""),
        drawn.texts("//table[@data-set='test']/tbody/tr[@class='mean']/td"));
    assertEquals(
        List.of("test", "shifted"),
        drawn.texts("//section[@id='results']//table/caption/b"),
        "rows that made choices judge nothing");
  }

  @Test
  void saysWhereTheModelsOwnAnswerIsBetterByAPairedTest() throws XPathExpressionException {
    assertEquals(
        List.of(
            "On test, Super Neurons against the model’s own answer: better on plain (0.950 against"
                + " 0.800, p = 0.013); worse on <b>&\" (0.700 against 0.900, p = 0.039)."),
        drawn.texts("//section[@id='results']//p[@class='verdict below']"));
    assertEquals(
        List.of("On shifted, Super Neurons against the model’s own answer: tie on 2 of 2 tasks."),
        drawn.texts("//section[@id='results']//p[@class='verdict even']"));
    assertEquals(
        List.of(
            "Nothing was found: with labels shuffled, 9 of 19 runs of the whole selection did as"
                + " well as this one, 0.700 (p = 0.500, q among the tasks = 0.500; their mean is"
                + " 0.690)."),
        drawn.texts(DrawnReport.FIRST_TASK + "/p[@data-found='false']"));
    assertEquals(0, drawn.texts(DrawnReport.SECOND_TASK + "/p[@data-found]").size());
    assertEquals(
        List.of("Own answers that name no label, the most frequent: “<i>teal” (3)."),
        drawn.texts(DrawnReport.SECOND_TASK + "/p[@class='note']"));
    assertEquals(1, drawn.texts(DrawnReport.FIRST_TASK + "/p[@class='verdict below']").size());
    assertEquals(0, drawn.texts(DrawnReport.SECOND_TASK + "/p[@class='verdict below']").size());
  }

  @Test
  void neuronsOfSeveralTasksAreListedThoseOfMostFirst() throws XPathExpressionException {
    String rows = "//section[@id='transfer']//table[@class='neurons sorts']/tbody/tr";
    assertEquals(2, drawn.texts(rows).size());
    assertEquals(
        List.of("1", "mlp_post", "7", "3", "<b>&\" 2*, plain 30, third 3"),
        drawn.texts(rows + "[1]/td"));
    assertEquals(List.of("<b>&\" 1*, plain 12"), drawn.texts(rows + "[2]/td[5]"));
  }

  @Test
  void superNeuronsOnOtherTasksAreListedTheBestFirst() throws XPathExpressionException {
    String rows = "//table[@class='transfers sorts']/tbody/tr";
    assertEquals(2, drawn.texts(rows).size());
    assertEquals(
        List.of("third", "<b>&\"", "test", "0.750", "0.700"), drawn.texts(rows + "[1]/td"));
  }
}
