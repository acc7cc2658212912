package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.ModelIdentity;
import io.superneurons.jobs.Printed;
import io.superneurons.jobs.ReportFixture;
import io.superneurons.jobs.cli.JobMain;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What report reads, writes and refuses, and that its page stands alone. */
class ReportCommandTest {
  @TempDir static Path folder;
  private static DrawnReport drawn;

  @BeforeAll
  static void draw() throws IOException, ParserConfigurationException, SAXException {
    drawn = DrawnReport.in(folder);
  }

  @Test
  void needsNothingBesideIt() throws XPathExpressionException {
    assertEquals(List.of(), drawn.texts("//link | //img | //@src"));
    assertEquals(
        List.of("#results", "#task-1", "#task-2", "#transfer", "#about"),
        drawn.texts("//nav[@class='contents']/a/@href"));
    for (String link : drawn.texts("//@href")) {
      assertTrue(link.startsWith("#"), link);
      assertEquals(1, drawn.texts("//*[@id='" + link.substring(1) + "']/@id").size(), link);
    }
    assertEquals(List.of(ReportFixture.PLAIN), drawn.texts("//details[@id='task-2']/summary/h2"));
    assertFalse(drawn.texts("//style").get(0).contains("url("));
  }

  @Test
  void onlyItsOwnScriptMayRun() throws Exception {
    assertEquals(1, drawn.texts("//script").size());
    String policy = drawn.texts("//meta[@http-equiv='Content-Security-Policy']/@content").get(0);
    String inPage =
        Files.readString(drawn.page()).replaceAll("(?s).*<script>(.*?)</script>.*", "$1");
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(inPage.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"
            + Base64.getEncoder().encodeToString(digest)
            + "'",
        policy);
  }

  @Test
  void withoutPicturesTheTerminalSaysHowToHaveThem() throws IOException {
    assertTrue(told("without").contains("--input, as extract was given"));
    assertEquals(2, drawn.again(folder.resolve("refused.html"), "--images", "8"), "in vain");
    assertFalse(told("asked", "--images", "0").contains("pictures"));
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "{\"image\": \"none.png\"}\n");
    assertTrue(told("none", "--input", empty.toString()).contains("--input names none"));
  }

  private static String told(String name, String... more) {
    Printed printed =
        Printed.onOutput(() -> drawn.again(folder.resolve(name + "-told.html"), more));
    assertEquals(0, printed.exitCode());
    return printed.said();
  }

  @Test
  void scriptsInNamesAreText() throws IOException {
    assertFalse(Files.readString(drawn.page()).contains(ReportFixture.SCRIPT));
  }

  @Test
  void imagesAreShownWhereTheInputIsGiven() throws Exception {
    Path images = Files.createDirectories(folder.resolve("photos"));
    BufferedImage picture = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
    for (String name : List.of("a.png", "b.png")) {
      picture.setRGB(0, 0, name.hashCode()); // what looks alike is embedded once
      ImageIO.write(picture, "png", images.resolve(name).toFile());
    }
    Files.writeString(images.resolve("c.png"), "no image");
    Path secret = folder.resolve("d.png");
    ImageIO.write(picture, "png", secret.toFile());
    StringBuilder rows = new StringBuilder();
    for (String image : List.of("a.png", "b.png", "c.png", "../d.png")) {
      rows.append("{\"image\": \"" + image + "\", \"question\": \"What is it?\"}\n");
    }
    Path manifest = Files.writeString(images.resolve("m.jsonl"), rows);
    Path shown = folder.resolve("images.html");
    assertEquals(0, drawn.again(shown, "--input", manifest.toString()));
    Document with = DrawnReport.parse(shown);
    NodeList pictures = with.getElementsByTagName("image");
    assertEquals(2, pictures.getLength(), "what is broken, or may not be opened, is not shown");
    String uri = pictures.item(0).getAttributes().getNamedItem("href").getTextContent();
    assertTrue(uri.startsWith("data:image/"), uri);
    assertEquals(
        0,
        drawn.again(
            folder.resolve("one.html"),
            "--activations",
            drawn.activations().toString(),
            "--input",
            manifest.toString(),
            "--images",
            "1"));
    assertEquals(
        1, DrawnReport.parse(folder.resolve("one.html")).getElementsByTagName("image").getLength());
    String rest = "3 images are named and not shown: report --images N shows more";
    assertTrue(told("one", "--input", manifest.toString(), "--images", "1").contains(rest));
    String page = Files.readString(folder.resolve("one.html"));
    assertEquals(2, page.split(rest + "\\.", -1).length - 1, "by the gallery and by the cards");
    assertFalse(Files.readString(shown).contains("not shown"));
  }

  @Test
  void theSameSelectionMakesTheSameBytes() throws IOException {
    Path again = folder.resolve("again.html");
    assertEquals(0, drawn.again(again, "--activations", drawn.activations().toString()));
    assertEquals(-1, Files.mismatch(drawn.page(), again));
  }

  @Test
  void withoutTheModelsShapeLayersCountAlike() throws Exception {
    Path other = folder.resolve("layers.html");
    assertEquals(0, drawn.again(other));
    String text = Files.readString(other);
    assertTrue(text.contains("exit after layer 0: 0.700, cost 50%"));
    assertTrue(text.contains("layers run over the model’s 2"));
  }

  @Test
  void aPageMayHaveAColonInItsNameAndIsReplacedIfAskedFor() throws IOException {
    Path named = folder.resolve("report: 50%.html");
    assertEquals(0, drawn.again(named));
    byte[] first = Files.readAllBytes(named);
    Files.write(named, Arrays.copyOf(first, first.length / 2));
    assertEquals(0, drawn.again(named, "--overwrite"));
    assertArrayEquals(first, Files.readAllBytes(named));
  }

  @Test
  void refusesBeforeItWrites() throws IOException {
    byte[] before = Files.readAllBytes(drawn.page());
    assertEquals(2, drawn.again(drawn.page()), "it is there");
    assertEquals(2, drawn.again(folder, "--overwrite"), "a folder");
    Path thesis = Files.writeString(folder.resolve("thesis.html"), "<html>text</html>");
    assertEquals(2, drawn.again(thesis, "--overwrite"), "no report");
    assertEquals("<html>text</html>", Files.readString(thesis));
    Path other = folder.resolve("other-model");
    ReportFixture.writeMetadata(other, new ModelIdentity("other", "llava", "sha256:def"));
    assertEquals(2, drawn.again(drawn.page(), "--overwrite", "--activations", other.toString()));
    assertEquals(
        2, JobMain.run(new ReportCommand(), "--selection", folder.resolve("none").toString()));
    assertArrayEquals(before, Files.readAllBytes(drawn.page()));
  }
}
