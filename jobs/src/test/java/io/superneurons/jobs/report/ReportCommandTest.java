package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelIdentity;
import io.superneurons.jobs.ReportFixture;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
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
  private static final String FIRST_TASK = "//details[@class='task'][1]";
  private static final String SECOND_TASK = "//details[@class='task'][2]";

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
    ReportFixture.writeActivations(activations);
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
      texts.add(nodes.item(i).getTextContent().strip().replace("\n", ""));
    }
    return texts;
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
    assertEquals(List.of(), texts("//link | //img | //@src"));
    assertEquals(
        List.of("#results", "#task-1", "#task-2", "#transfer", "#about"),
        texts("//nav[@class='contents']/a/@href"));
    for (String link : texts("//@href")) {
      assertTrue(link.startsWith("#"), link);
      assertEquals(1, texts("//*[@id='" + link.substring(1) + "']/@id").size(), link);
    }
    assertEquals(List.of(ReportFixture.PLAIN), texts("//details[@id='task-2']/summary/h2"));
    assertFalse(texts("//style").get(0).contains("url("));
  }

  @Test
  void onlyItsOwnScriptMayRun() throws Exception {
    assertEquals(1, texts("//script").size());
    String policy = texts("//meta[@http-equiv='Content-Security-Policy']/@content").get(0);
    String inPage = Files.readString(page).replaceAll("(?s).*<script>(.*?)</script>.*", "$1");
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(inPage.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"
            + Base64.getEncoder().encodeToString(digest)
            + "'",
        policy);
  }

  @Test
  void everyTaskIsAnsweredInANumberASentenceAndAChart() throws XPathExpressionException {
    String card = "//article[1]";
    assertEquals(List.of("70.0%right on 40 test rows"), texts(card + "/div[@class='big']"));
    assertEquals(
        List.of("What is it?", "Worse than the model’s own answer, 90.0%."), texts(card + "/p"));
    assertEquals(
        List.of("Super Neurons", "Model’s own answer", "Random neurons"),
        texts(card + "//g[@class='ours' or @class='other']/text[1]"));
    assertEquals(
        List.of("leaves after layer 1", "60% of a pass"), texts(card + "/ul[@class='facts']/li"));
    assertEquals(
        List.of("What is it?", "Better than the model’s own answer, 80.0%."),
        texts("//article[2]/p"));
  }

  @Test
  void rowsThatChoseNothingAreCountedAndShown() throws XPathExpressionException {
    String matrix = FIRST_TASK + "//table[@class='confusion']";
    assertEquals(List.of("is \\ says", "no", "yes", "undecided"), texts(matrix + "/thead/tr/th"));
    assertEquals(List.of("1", "1", "0"), texts(matrix + "/tbody/tr[1]/td"));
    assertEquals(List.of("0", "1", "1"), texts(matrix + "/tbody/tr[2]/td"));
    assertEquals(
        List.of("no", "2", "50.0%", "100%", "0.667"),
        texts(FIRST_TASK + "//table[@class='labels sorts']/tbody/tr[1]/td"));
    assertEquals(
        List.of(ReportFixture.SCRIPT + "yes ✗ is no75% sure", "cundecided ✗ is yesno vote"),
        texts(FIRST_TASK + "//div[@class='gallery wrong']/div"));
    assertEquals(
        List.of("c", ReportFixture.SCRIPT, "d", "a"),
        texts(FIRST_TASK + "//div[@class='gallery close']/div/div[@class='missing']"));
    assertTrue(
        texts(FIRST_TASK + "//div[@class='gallery wrong']/div/@title")
            .get(0)
            .endsWith("votes: yes 1.500, no 0.500"));
    assertEquals(0, texts(SECOND_TASK + "//table[@class='confusion']").size());
  }

  @Test
  void cardsShowValuesByLabelAndTheRowsAtTheEnds() throws XPathExpressionException {
    String card = FIRST_TASK + "//div[@class='card'][1]";
    assertEquals("l00_attn_z[3]", texts(card + "/@data-name").get(0));
    assertEquals(2, texts(FIRST_TASK + "//div[@class='card']/@data-name").size());
    assertEquals(
        List.of("says-right", "says-right"),
        texts(card + "//g[@data-label='no']/rect/@class"),
        "0 and 0.125 are below the threshold");
    assertEquals(
        List.of("says-wrong", "says-right"),
        texts(card + "//g[@data-label='yes']/rect/@class"),
        "0.25 is not above it");
    assertEquals(
        List.of("dyes0.3750", "cyes0.2500", ReportFixture.SCRIPT + "no0.1250", "ano0.000"),
        texts(card + "//div[@class='strip'][1]/div"));
    assertEquals("ano0.000", texts(card + "//div[@class='strip'][2]/div").get(0));
  }

  @Test
  void imagesAreShownWhereTheInputIsGiven() throws Exception {
    Path images = Files.createDirectories(folder.resolve("photos"));
    BufferedImage drawn = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
    for (String name : List.of("a.png", "b.png")) {
      ImageIO.write(drawn, "png", images.resolve(name).toFile());
    }
    Files.writeString(images.resolve("c.png"), "no image");
    Path secret = folder.resolve("d.png");
    ImageIO.write(drawn, "png", secret.toFile());
    StringBuilder rows = new StringBuilder();
    for (String image : List.of("a.png", "b.png", "c.png", "../d.png")) {
      rows.append("{\"image\": \"" + image + "\", \"question\": \"What is it?\"}\n");
    }
    Path manifest = Files.writeString(images.resolve("m.jsonl"), rows);
    Path shown = folder.resolve("images.html");
    assertEquals(0, report(shown, "--input", manifest.toString()));
    Document with = parse(shown);
    NodeList pictures = with.getElementsByTagName("image");
    assertEquals(2, pictures.getLength(), "what is broken, or may not be opened, is not shown");
    String uri = pictures.item(0).getAttributes().getNamedItem("href").getTextContent();
    assertTrue(uri.startsWith("data:image/"), uri);
    assertEquals(
        0, report(folder.resolve("one.html"), "--input", manifest.toString(), "--images", "1"));
    assertEquals(1, parse(folder.resolve("one.html")).getElementsByTagName("image").getLength());
  }

  @Test
  void scriptsInNamesAreText() throws IOException {
    assertFalse(Files.readString(page).contains(ReportFixture.SCRIPT));
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
        texts("//section[@id='results']//p[@class='verdict below']"));
    assertEquals(
        List.of("On shifted, Super Neurons against the model’s own answer: tie on 2 of 2 tasks."),
        texts("//section[@id='results']//p[@class='verdict']"));
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
    String map = SECOND_TASK + "//figure[@class='map']";
    assertEquals(
        List.of(
            "tower layer 0 vision_mlp_post_max, neuron 2: probe 0.950, validation 0.800",
            "tower layer 1 vision_mlp_post_max, neuron 2: probe 0.950, validation 0.700",
            "layer 0 attn_z, neuron 2: probe 0.950, validation 0.800"),
        texts(map + "//g[@class='cell']/title").subList(0, 3));
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
        texts(map + "//svg/text"));
    assertTrue(texts("//header/p").get(0).contains("layers v0, v1, … come before"));
  }

  @Test
  void exitsOfTowerAndDecoderStandOnOnePairOfAxes() throws XPathExpressionException {
    String ladder = SECOND_TASK + "//figure[@class='ladder']";
    assertEquals(
        List.of(
            "test, exit after tower layer 0: 0.625, cost 0%",
            "test, exit after tower layer 1: 0.650, cost 0%",
            "test, exit after layer 0: 0.700, cost 10%",
            "test, exit after layer 1: 0.800, cost 60%"),
        texts(ladder + "//g[@data-set='test']/*/title"));
    assertEquals(2, texts(ladder + "//g[@data-set='test']/rect/title").size());
    assertEquals(2, texts(ladder + "//g[@data-set='test']/circle/title").size());
    assertEquals(1, texts(ladder + "//circle[@class='halo']/title").size());
    assertEquals(List.of("the model’s own answer: 0.800"), texts(ladder + "//path/title"));
  }

  @Test
  void curvesRunUpwardsAndShowWhatWasChosen() throws XPathExpressionException {
    String byNeurons = FIRST_TASK + "//figure[@class='neurons']";
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
        texts(byNeurons + "//g[@class='grid']/text"),
        texts(SECOND_TASK + "//figure[@class='neurons']//g[@class='grid']/text"),
        "one scale for all tasks");
  }

  @Test
  void twentyNeuronsAreListedAndTheRestCounted() throws XPathExpressionException {
    assertEquals(
        List.of(
            "0", "attn_z", "3", "midpoint", "> 0.2500: yes, else no", "1.000", "0.900", "0.800"),
        texts(FIRST_TASK + "//table[@class='neurons sorts']/tbody/tr[1]/td"));
    assertEquals(
        List.of("> -1.500: no, else yes"),
        texts(FIRST_TASK + "//table[@class='neurons sorts']/tbody/tr[2]/td[5]"));
    assertEquals(20, texts(SECOND_TASK + "//table[@class='neurons sorts']/tbody/tr").size());
    assertEquals(List.of("and 5 more"), texts(SECOND_TASK + "//p[@class='rest']"));
    assertEquals(
        "nearest of blue -1.000, green 0.5000, red 2.000",
        texts(SECOND_TASK + "//table[@class='neurons sorts']/tbody/tr[1]/td[5]").get(0));
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
            "The most that label --target-accuracy reaches on these 10 rows is 1.000: it decides"
                + " 60%, 20%, 20% of them level by level and at last by the model’s answer, in 1.4"
                + " layers per row."),
        texts(SECOND_TASK + "//table[@class='cascade']/following-sibling::p"));
    assertEquals(0, texts(FIRST_TASK + "//table[@class='cascade']").size());
  }

  @Test
  void neuronsOfSeveralTasksAreListedThoseOfMostFirst() throws XPathExpressionException {
    String rows = "//section[@id='transfer']//table[@class='neurons sorts']/tbody/tr";
    assertEquals(2, texts(rows).size());
    assertEquals(
        List.of("1", "mlp_post", "7", "3", "<b>&\" 2*, plain 30, third 3"), texts(rows + "[1]/td"));
    assertEquals(List.of("<b>&\" 1*, plain 12"), texts(rows + "[2]/td[5]"));
  }

  @Test
  void superNeuronsOnOtherTasksAreListedTheBestFirst() throws XPathExpressionException {
    String rows = "//table[@class='transfers sorts']/tbody/tr";
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
    assertTrue(text.contains("exit after layer 0: 0.700, cost 50%"));
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
