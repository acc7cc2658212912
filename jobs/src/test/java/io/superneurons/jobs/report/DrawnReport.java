package io.superneurons.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.superneurons.jobs.ReportFixture;
import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.apache.spark.sql.SparkSession;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The report of a small selection, read back with an XML parser.
 *
 * @param selection what it shows
 * @param activations what the selection was made of
 * @param page the file
 * @param html what is in it
 */
record DrawnReport(Path selection, Path activations, Path page, Document html) {
  static final String FIRST_TASK = "//details[@class='task'][1]";
  static final String SECOND_TASK = "//details[@class='task'][2]";

  /** Writes a selection and its activations, and draws the report. */
  static DrawnReport in(Path folder)
      throws IOException, ParserConfigurationException, SAXException {
    Path selection = folder.resolve("selection");
    Path activations = folder.resolve("activations");
    Path page = folder.resolve("report.html");
    try (SparkSession spark = Sessions.open("fixture")) {
      ReportFixture.write(spark, selection);
    }
    ReportFixture.writeMetadata(activations, ReportFixture.MODEL);
    ReportFixture.writeActivations(activations);
    assertEquals(0, draw(selection, page, "--activations", activations.toString()));
    return new DrawnReport(selection, activations, page, parse(page));
  }

  /** Draws it again, and gives the exit code. */
  int again(Path output, String... more) {
    return draw(selection, output, more);
  }

  private static int draw(Path selection, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--selection", selection.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    return JobMain.run(new ReportCommand(), arguments.toArray(String[]::new));
  }

  static Document parse(Path file) throws IOException, ParserConfigurationException, SAXException {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  /** The texts of what a path finds. */
  List<String> texts(String path) throws XPathExpressionException {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(path, html, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip().replace("\n", ""));
    }
    return texts;
  }
}
