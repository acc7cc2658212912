package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelIdentity;
import io.superneurons.jobs.ReportFixture;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The report of a small selection, read back with an XML parser. */
class ReportCommandTest {
  private static final String FIRST_TASK = "//section[@class='task'][1]";
  private static final String SECOND_TASK = "//section[@class='task'][2]";

  @TempDir static Path folder;
  private static Path selection;
  private static Path activations;
  private static Path page;
  private static Document html;

  @BeforeAll
  static void draw() throws IOException, ParserConfigurationException, SAXException {
    selection = folder.resolve("selection");
    activations = folder.resolve("activations");
    page = folder.resolve("report.html");
    try (SparkSession spark = Sessions.open("fixture")) {
      ReportFixture.write(spark, selection);
    }
    ReportFixture.writeMetadata(activations, ReportFixture.MODEL);
    assertEquals(0, report(page, "--activations", activations.toString()));
    html = parse(page);
  }

  private static int report(Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--selection", selection.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    return JobMain.run(new ReportCommand(), arguments.toArray(String[]::new));
  }

  private static Document parse(Path file)
      throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static List<String> texts(String path) throws XPathExpressionException {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, html, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }

  @Test
  void namesFromFilesStayText() throws XPathExpressionException {
    assertEquals(
        List.of(
            "Results",
            ReportFixture.ODD,
            ReportFixture.PLAIN,
            "Neurons that serve several tasks",
            "Made with"),
        texts("//h2"));
    assertEquals(
        List.of(ReportFixture.ODD, ReportFixture.PLAIN, "mean of tasks"),
        texts("//table[@data-set='test']/tbody/tr/th"));
    assertEquals(List.of("Super Neurons: tiny & co"), texts("/html/head/title"));
    assertTrue(texts("//dd").contains("prompt_suffix: Say <yes> or no."), texts("//dd").toString());
    assertTrue(texts("//dd").contains("superneurons: 1.2.3"), texts("//dd").toString());
  }

  @Test
  void needsNothingBesideIt() throws XPathExpressionException {
    assertEquals(List.of(), texts("//script | //link | //img | //@src"));
    assertEquals(List.of("#task-1", "#task-2"), texts("//@href"));
    assertEquals(List.of(ReportFixture.PLAIN), texts("//section[@id='task-2']/h2"));
    assertFalse(texts("//style").get(0).contains("url("));
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
        texts("//table[@data-set='test']/thead/tr/th"));
    assertEquals(
        List.of("40", "0.700.60–.75", "0.900worse", "0.500", "2", "1"),
        texts("//table[@data-set='test']/tbody/tr[1]/td"));
    assertEquals(List.of("0.900", "0.950", "0.850"), texts("//table[@data-set='test']/tbody//b"));
    assertEquals(
        List.of("0.650", "0.650", "0.850", "0.750"),
        texts("//table[@data-set='shifted']/tbody//b"));
    assertEquals(
        List.of("", "0.825", "0.850", "0.500", "", ""),
        texts("//table[@data-set='test']/tbody/tr[@class='mean']/td"));
    assertEquals(
        List.of("test", "shifted"),
        texts("//section[@id='results']//table/caption/b"),
        "rows that made choices judge nothing");
  }

  @Test
  void saysWhereTheModelsOwnAnswerIsBetterByAPairedTest() throws XPathExpressionException {
    assertEquals(
        List.of(
            "On test, Super Neurons against the model’s own answer: better on plain (0.950 against"
                + " 0.800, p = 0.013); worse on <b>&\" (0.700 against 0.900, p = 0.039)."),
        texts("//section[@id='results']/p[@class='verdict below']"));
    assertEquals(
        List.of("On shifted, Super Neurons against the model’s own answer: tie on 2 of 2 tasks."),
        texts("//section[@id='results']/p[@class='verdict']"));
    assertEquals(
        List.of(
            "Nothing was found: with labels shuffled, 9 of 19 runs of the whole selection did as"
                + " well as this one, 0.700 (p = 0.500, q among the tasks = 0.500; their mean is"
                + " 0.690)."),
        texts(FIRST_TASK + "/p[@data-found='false']"));
    assertEquals(0, texts(SECOND_TASK + "/p[@data-found]").size());
    assertEquals(
        List.of("Own answers that name no label, the most frequent: “<i>teal” (3)."),
        texts(SECOND_TASK + "/p[@class='note']"));
    assertEquals(1, texts(FIRST_TASK + "/p[@class='verdict below']").size());
    assertEquals(0, texts(SECOND_TASK + "/p[@class='verdict below']").size());
  }

  @Test
  void heatMapShowsTheProbingRowsBestNeuronByItsHeldOutScore() throws XPathExpressionException {
    String cells = FIRST_TASK + "//g[@class='cell']";
    assertEquals(
        List.of(
            "layer 0 attn_z, neuron 2: probe 0.950, validation 0.800",
            "layer 0 mlp_post, neuron 2: probe 0.950, validation 0.800",
            "layer 1 attn_z, neuron 2: probe 0.950, validation 0.700",
            "layer 1 mlp_post, neuron 2: probe 0.950, validation 0.700"),
        texts(cells + "/title"));
    assertEquals(List.of(".80", ".80", ".70", ".70"), texts(cells + "/text"));
    List<String> colors = texts(cells + "/rect/@fill");
    assertEquals(colors.get(0), colors.get(1));
    assertFalse(colors.get(0).equals(colors.get(2)), colors.toString());
    assertTrue(
        texts(FIRST_TASK + "/p")
            .get(0)
            .contains("Of 28 neurons that were tried, 8 stand out from luck"),
        texts(FIRST_TASK + "/p").get(0));
  }

  @Test
  void layersOfTheTowerComeBeforeTheDecoders() throws XPathExpressionException {
    String map = SECOND_TASK + "/figure[1]";
    assertEquals(
        List.of(
            "tower layer 0 vision_mlp_post_max, neuron 2: probe 0.950, validation 0.800",
            "tower layer 1 vision_mlp_post_max, neuron 2: probe 0.950, validation 0.700",
            "layer 0 attn_z, neuron 2: probe 0.950, validation 0.800"),
        texts(map + "//g[@class='cell']/title").subList(0, 3));
    List<String> names = texts(map + "/svg/text");
    assertEquals(
        List.of(
            "vision_mlp_post_max",
            "attn_z",
            "mlp_post",
            "v0",
            "v1",
            "0",
            "1",
            "layer (v: of the vision tower)"),
        names);
    assertEquals(
        List.of(
            "test, exit layer of the vision tower 0: 0.625",
            "test, exit layer of the vision tower 1: 0.650"),
        texts(SECOND_TASK + "/figure[3]//g[@data-set='test']/circle/title"));
    assertEquals(
        List.of("test, exit layer 0: 0.700", "test, exit layer 1: 0.800"),
        texts(SECOND_TASK + "/figure[4]//g[@data-set='test']/circle/title"));
    assertEquals(List.of("chosen: 0"), texts(SECOND_TASK + "/figure[4]//g[@class='chosen']/text"));
    assertEquals(0, texts(SECOND_TASK + "/figure[3]//g[@class='chosen']").size());
    assertTrue(texts("//header/p").get(0).contains("layers v0, v1, … come before"));
  }

  @Test
  void curvesRunUpwardsAndShowWhatWasChosen() throws XPathExpressionException {
    String byNeurons = FIRST_TASK + "/figure[2]";
    assertEquals(
        List.of(
            "test, Super Neurons 1: 0.620",
            "test, Super Neurons 2: 0.640",
            "test, Super Neurons 5: 0.700"),
        texts(byNeurons + "//g[@data-set='test']/circle/title"));
    assertEquals(List.of("chosen: 2"), texts(byNeurons + "//g[@class='chosen']/text"));
    assertEquals(List.of("validation", "test"), texts(byNeurons + "/div[@class='legend']/span"));
    List<String> heights = texts(byNeurons + "//g[@data-set='test']/circle/@cy");
    assertTrue(Double.parseDouble(heights.get(0)) > Double.parseDouble(heights.get(2)));
    assertEquals(
        List.of("exit layer 0: cost 10%", "exit layer 1: cost 60%"),
        texts(FIRST_TASK + "/figure[3]//g[@class='cost']/rect/title"));
  }

  @Test
  void twentyNeuronsAreListedAndTheRestCounted() throws XPathExpressionException {
    assertEquals(
        List.of(
            "0", "attn_z", "3", "midpoint", "> 0.2500: yes, else no", "1.000", "0.900", "0.800"),
        texts(FIRST_TASK + "//table[@class='neurons']/tbody/tr[1]/td"));
    assertEquals(
        List.of("> -1.500: no, else yes"),
        texts(FIRST_TASK + "//table[@class='neurons']/tbody/tr[2]/td[5]"));
    assertEquals(20, texts(SECOND_TASK + "//table[@class='neurons']/tbody/tr").size());
    assertEquals(List.of("and 5 more"), texts(SECOND_TASK + "//p[@class='rest']"));
    assertEquals(
        "nearest of blue -1.000, green 0.5000, red 2.000",
        texts(SECOND_TASK + "//table[@class='neurons']/tbody/tr[1]/td[5]").get(0));
  }

  @Test
  void levelsOfACascadeAreListedWithWhatTheyComeTo() throws XPathExpressionException {
    String rows = SECOND_TASK + "//table[@class='cascade']/tbody/tr";
    assertEquals(
        List.of("0", "25", "majority", "nearest mean", "10%", "0.800"), texts(rows + "[1]/td"));
    assertEquals(
        List.of("1", "1", "log odds", "nearest mean", "60%", "0.800"), texts(rows + "[2]/td"));
    assertEquals(List.of("Model’s own answer", "100%", "1.000"), texts(rows + "[3]/td"));
    assertEquals(
        List.of(
            "Own answers that name no label, the most frequent: “<i>teal” (3).",
            "The most that label --target-accuracy reaches on these 10 rows is 1.000: it decides"
                + " 60%, 20%, 20% of them level by level and at last by the model’s answer, in 1.4"
                + " layers per row."),
        texts(SECOND_TASK + "//p[@class='note']"));
    assertEquals(0, texts(FIRST_TASK + "//table[@class='cascade']").size());
  }

  @Test
  void neuronsOfSeveralTasksAreListedThoseOfMostFirst() throws XPathExpressionException {
    String rows = "//section[@id='transfer']//table[@class='neurons']/tbody/tr";
    assertEquals(2, texts(rows).size());
    assertEquals(
        List.of("1", "mlp_post", "7", "3", "<b>&\" 2*, plain 30, third 3"), texts(rows + "[1]/td"));
    assertEquals(List.of("<b>&\" 1*, plain 12"), texts(rows + "[2]/td[5]"));
  }

  @Test
  void superNeuronsOnOtherTasksAreListedTheBestFirst() throws XPathExpressionException {
    String rows = "//table[@class='transfers']/tbody/tr";
    assertEquals(2, texts(rows).size());
    assertEquals(List.of("third", "<b>&\"", "test", "0.750", "0.700"), texts(rows + "[1]/td"));
  }

  @Test
  void theSameSelectionMakesTheSameBytes() throws IOException {
    Path again = folder.resolve("again.html");
    assertEquals(0, report(again, "--activations", activations.toString()));
    assertEquals(-1, Files.mismatch(page, again));
  }

  @Test
  void withoutTheModelsShapeLayersCountAlike() throws Exception {
    Path other = folder.resolve("layers.html");
    assertEquals(0, report(other));
    String text = Files.readString(other);
    assertTrue(text.contains("exit layer 0: cost 50%"));
    assertTrue(text.contains("layers run over the model’s 2"));
  }

  @Test
  void aPageMayHaveAColonInItsNameAndIsReplacedIfAskedFor() throws IOException {
    Path named = folder.resolve("report: 50%.html");
    assertEquals(0, report(named));
    byte[] first = Files.readAllBytes(named);
    Files.write(named, Arrays.copyOf(first, first.length / 2));
    assertEquals(0, report(named, "--overwrite"));
    assertArrayEquals(first, Files.readAllBytes(named));
  }

  @Test
  void refusesBeforeItWrites() throws IOException {
    byte[] before = Files.readAllBytes(page);
    assertEquals(2, report(page), "it is there");
    assertEquals(2, report(folder, "--overwrite"), "a folder");
    Path thesis = Files.writeString(folder.resolve("thesis.html"), "<html>text</html>");
    assertEquals(2, report(thesis, "--overwrite"), "no report");
    assertEquals("<html>text</html>", Files.readString(thesis));
    Path other = folder.resolve("other-model");
    ReportFixture.writeMetadata(other, new ModelIdentity("other", "llava", "sha256:def"));
    assertEquals(2, report(page, "--overwrite", "--activations", other.toString()));
    assertEquals(
        2, JobMain.run(new ReportCommand(), "--selection", folder.resolve("none").toString()));
    assertArrayEquals(before, Files.readAllBytes(page));
  }
}
