package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestParserTest {

  @Test
  void readsAllFields() {
    ManifestRow row =
        ManifestParser.parse(
            """
            {"id": "a", "task": "t", "split": "probe", "image": "x.png", "question": "Is it?",
             "label": "yes", "more": [1]}""");
    assertEquals(new ManifestRow("a", "t", "probe", "x.png", "Is it?", "yes", null), row);
  }

  @Test
  void numbersAndTruthValuesAreLabelsToo() {
    assertEquals("3", ManifestParser.parse("{\"image\": \"x\", \"label\": 3}").label());
    assertEquals("true", ManifestParser.parse("{\"image\": \"x\", \"label\": true}").label());
  }

  @Test
  void missingFieldsHaveTheirDefaults() {
    ManifestRow row = ManifestParser.parse("{\"image\": \"x.png\", \"question\": \"Is it?\"}");
    assertEquals("default", row.task());
    assertNull(row.split());
    assertNull(row.label());
    assertNull(row.problem());
  }

  @Test
  void anIdIsMadeFromTheContent() {
    String line = "{\"image\": \"x.png\", \"question\": \"Is it?\"}";
    String spaced = "{ \"question\":\"Is it?\",\"image\":\"x.png\" }";
    String other = "{\"image\": \"x.pngI\", \"question\": \"s it?\"}";
    assertEquals(ManifestParser.parse(line).id(), ManifestParser.parse(spaced).id());
    assertNotEquals(ManifestParser.parse(line).id(), ManifestParser.parse(other).id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | not JSON",
        "[1, 2] | not a JSON object",
        "{\"question\": \"Is it?\"} | Field image is missing",
        "{\"image\": \" \"} | Field image is missing",
        "{\"image\": {\"bytes\": 1}} | Field image must be a string",
        "{\"image\": \"x\", \"split\": \"train\"} | must be probe, validation or test",
      })
  void aBadLineSaysWhy(String line, String reason) {
    ManifestRow row = ManifestParser.parse(line);
    assertTrue(row.problem().contains(reason), row.problem());
    assertEquals(row.id(), ManifestParser.parse(line).id());
  }

  @Test
  void aLongBadLineIsShownInPart() {
    String problem = ManifestParser.parse("x".repeat(100_000)).problem();
    assertTrue(problem.length() < 1_000, problem);
  }
}
