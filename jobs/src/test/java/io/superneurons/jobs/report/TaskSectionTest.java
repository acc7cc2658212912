package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/** What the page of a small selection says of each task. */
class TaskSectionTest {
  @TempDir static Path folder;
  private static DrawnReport drawn;

  @BeforeAll
  static void draw() throws IOException, ParserConfigurationException, SAXException {
    drawn = DrawnReport.in(folder);
  }

  @Test
  void rowsThatChoseNothingAreCountedAndShown() throws XPathExpressionException {
    String matrix = DrawnReport.FIRST_TASK + "//table[@class='confusion']";
    assertEquals(
        List.of("is \\ says", "no", "yes", "undecided"), drawn.texts(matrix + "/thead/tr/th"));
    assertEquals(List.of("1", "1", "0"), drawn.texts(matrix + "/tbody/tr[1]/td"));
    assertEquals(List.of("0", "1", "1"), drawn.texts(matrix + "/tbody/tr[2]/td"));
    assertEquals(
        List.of("no", "2", "50.0%", "100%", "0.667"),
        drawn.texts(DrawnReport.FIRST_TASK + "//table[@class='labels sorts']/tbody/tr[1]/td"));
    assertEquals(
        List.of("b.pngyes ✗ is no75% sure", "c.pngundecided ✗ is yesno vote"),
        drawn.texts(DrawnReport.FIRST_TASK + "//div[@class='gallery wrong']/div"));
    assertEquals(
        List.of("c.png", "b.png", "d.png", "a.png"),
        drawn.texts(
            DrawnReport.FIRST_TASK + "//div[@class='gallery close']/div/div[@class='missing']"));
    assertTrue(
        drawn
            .texts(DrawnReport.FIRST_TASK + "//div[@class='gallery wrong']/div/@title")
            .get(0)
            .equals(
                "b.png, row " + ReportFixture.SCRIPT + ": What is it?; votes: yes 1.5, no 0.5"));
    assertEquals(0, drawn.texts(DrawnReport.SECOND_TASK + "//table[@class='confusion']").size());
  }

  @Test
  void cardsShowValuesByLabelAndTheRowsAtTheEnds() throws XPathExpressionException {
    String card = DrawnReport.FIRST_TASK + "//div[@class='card'][1]";
    assertEquals("l00_attn_z[3]", drawn.texts(card + "/@data-name").get(0));
    assertEquals(2, drawn.texts(DrawnReport.FIRST_TASK + "//div[@class='card']/@data-name").size());
    assertEquals(
        List.of("says-right", "says-right"),
        drawn.texts(card + "//g[@data-label='no']/rect/@class"),
        "0 and 0.125 are below the threshold");
    assertEquals(
        List.of("says-wrong", "says-right"),
        drawn.texts(card + "//g[@data-label='yes']/rect/@class"),
        "0.25 is not above it");
    assertEquals(
        List.of("d.pngyes0.3750", "c.pngyes0.2500", "b.pngno0.1250", "a.pngno0.000"),
        drawn.texts(card + "//div[@class='strip'][1]/div"));
    assertEquals("a.pngno0.000", drawn.texts(card + "//div[@class='strip'][2]/div").get(0));
  }

  @Test
  void heatMapShowsTheProbingRowsBestNeuronByItsHeldOutScore() throws XPathExpressionException {
    String cells = DrawnReport.FIRST_TASK + "//g[@class='cell']";
    assertEquals(
        List.of(
            "layer 0 attn_z, neuron 2: probe 0.950, validation 0.800",
            "layer 0 mlp_post, neuron 2: probe 0.950, validation 0.800",
            "layer 1 attn_z, neuron 2: probe 0.950, validation 0.700",
            "layer 1 mlp_post, neuron 2: probe 0.950, validation 0.700"),
        drawn.texts(cells + "/title"));
    assertEquals(List.of(".80", ".80", ".70", ".70"), drawn.texts(cells + "/text"));
    List<String> colors = drawn.texts(cells + "/rect/@fill");
    assertEquals(colors.get(0), colors.get(1));
    assertFalse(colors.get(0).equals(colors.get(2)), colors.toString());
  }

  /** What select counted, and of selections without that what the table of scores says. */
  @Test
  void neuronsThatStandOutAreCountedOnce() throws XPathExpressionException {
    String counted = drawn.texts(DrawnReport.FIRST_TASK + "/p").get(0);
    assertTrue(counted.contains("Of 28 neurons that were tried, 0 stand out from luck"), counted);
    String read = drawn.texts(DrawnReport.SECOND_TASK + "/p").get(0);
    String few =
        "Of 42 neurons that were tried, 12 stand out from luck at a false discovery rate of 5%.";
    assertTrue(read.contains(few), read);
  }

  @Test
  void layersOfTheTowerComeBeforeTheDecoders() throws XPathExpressionException {
    String map = DrawnReport.SECOND_TASK + "//figure[@class='map']";
    assertEquals(
        List.of(
            "tower layer 0 vision_mlp_post_max, neuron 2: probe 0.950, validation 0.800",
            "tower layer 1 vision_mlp_post_max, neuron 2: probe 0.950, validation 0.700",
            "layer 0 attn_z, neuron 2: probe 0.950, validation 0.800"),
        drawn.texts(map + "//g[@class='cell']/title").subList(0, 3));
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
        drawn.texts(map + "//svg/text"));
    assertTrue(drawn.texts("//header/p").get(0).contains("layers v0, v1, … come before"));
  }

  @Test
  void exitsOfTowerAndDecoderStandOnOnePairOfAxes() throws XPathExpressionException {
    String ladder = DrawnReport.SECOND_TASK + "//figure[@class='ladder']";
    assertEquals(
        List.of(
            "test, exit after tower layer 0: 0.625, cost 0%",
            "test, exit after tower layer 1: 0.650, cost 0%",
            "test, exit after layer 0: 0.700, cost 10%",
            "test, exit after layer 1: 0.800, cost 60%"),
        drawn.texts(ladder + "//g[@data-set='test']/*/title"));
    assertEquals(2, drawn.texts(ladder + "//g[@data-set='test']/rect/title").size());
    assertEquals(2, drawn.texts(ladder + "//g[@data-set='test']/circle/title").size());
    assertEquals(1, drawn.texts(ladder + "//circle[@class='halo']/title").size());
    assertEquals(List.of("the model’s own answer: 0.800"), drawn.texts(ladder + "//path/title"));
  }

  @Test
  void curvesRunUpwardsAndShowWhatWasChosen() throws XPathExpressionException {
    String byNeurons = DrawnReport.FIRST_TASK + "//figure[@class='neurons']";
    assertEquals(
        List.of(
            "test, Super Neurons 1: 0.620",
            "test, Super Neurons 2: 0.640",
            "test, Super Neurons 5: 0.700"),
        drawn.texts(byNeurons + "//g[@data-set='test']/circle/title"));
    assertEquals(List.of("chosen: 2"), drawn.texts(byNeurons + "//g[@class='chosen']/text"));
    assertEquals(
        List.of("validation", "test"), drawn.texts(byNeurons + "/div[@class='legend']/span"));
    assertEquals(
        List.of("chosen: 25"),
        drawn.texts(
            DrawnReport.SECOND_TASK + "//figure[@class='neurons']//g[@class='chosen']/text"),
        "though the curve has no such point");
    List<String> heights = drawn.texts(byNeurons + "//g[@data-set='test']/circle/@cy");
    assertTrue(Double.parseDouble(heights.get(0)) > Double.parseDouble(heights.get(2)));
    assertEquals(
        drawn.texts(byNeurons + "//g[@class='grid']/text"),
        drawn.texts(DrawnReport.SECOND_TASK + "//figure[@class='neurons']//g[@class='grid']/text"),
        "one scale for all tasks");
  }

  @Test
  void twentyNeuronsAreListedAndTheRestCounted() throws XPathExpressionException {
    assertEquals(
        List.of(
            "0", "attn_z", "3", "midpoint", "> 0.2500: yes, else no", "1.000", "0.900", "0.800"),
        drawn.texts(DrawnReport.FIRST_TASK + "//table[@class='neurons sorts']/tbody/tr[1]/td"));
    assertEquals(
        List.of("> -1.500: no, else yes"),
        drawn.texts(DrawnReport.FIRST_TASK + "//table[@class='neurons sorts']/tbody/tr[2]/td[5]"));
    assertEquals(
        20,
        drawn.texts(DrawnReport.SECOND_TASK + "//table[@class='neurons sorts']/tbody/tr").size());
    assertEquals(
        List.of("and 5 more"), drawn.texts(DrawnReport.SECOND_TASK + "//p[@class='rest']"));
    assertEquals(
        "nearest of blue -1.000, green 0.5000, red 2.000",
        drawn
            .texts(DrawnReport.SECOND_TASK + "//table[@class='neurons sorts']/tbody/tr[1]/td[5]")
            .get(0));
  }

  @Test
  void levelsOfACascadeAreListedWithWhatTheyComeTo() throws XPathExpressionException {
    String rows = DrawnReport.SECOND_TASK + "//table[@class='cascade']/tbody/tr";
    assertEquals(
        List.of("0", "25", "majority", "nearest mean", "10%", "0.800"),
        drawn.texts(rows + "[1]/td"));
    assertEquals(
        List.of("1", "1", "log odds", "nearest mean", "60%", "0.800"),
        drawn.texts(rows + "[2]/td"));
    assertEquals(
        List.of(
            "the model’s own answer; the deepest vote where that names no label", "100%", "1.000"),
        drawn.texts(rows + "[3]/td"));
    assertEquals(
        List.of(
            "The most that label --target-accuracy reaches on these 10 rows is 1.000: it decides"
                + " 60.0%, 20.0%, 20.0% of them level by level and at last by the model’s answer"
                + " where it names a label, in 1.4 layers per row."),
        drawn.texts(DrawnReport.SECOND_TASK + "//table[@class='cascade']/following-sibling::p"));
    assertEquals(0, drawn.texts(DrawnReport.FIRST_TASK + "//table[@class='cascade']").size());
  }
}
