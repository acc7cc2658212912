package io.superneurons.jobs.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowParserTest {
  private static final String FILE = "file:/m/rows.jsonl";
  private static final byte[] GIF = new byte[100];

  static {
    System.arraycopy("GIF89a".getBytes(), 0, GIF, 0, 6);
  }

  private static ManifestRow parse(String line) {
    return parser(Map.of(), null).parse(line, FILE);
  }

  private static RowParser parser(Map<String, String> columns, String question) {
    return new RowParser(
        FieldColumns.of(columns),
        new ImagePaths(List.of(), Set.of()),
        question,
        LabelSource.COLUMN,
        ManifestRecord.Shape.PLAIN);
  }

  @Test
  void readsAllFields() {
    ManifestRow row =
        parse(
            """
            {"id": "a", "task": "t", "split": "probe", "image": "x.png", "question": "Is it?",
             "label": "yes", "more": [1]}\
            """);
    assertEquals(
        new ManifestRow(
            "a", "t", "probe", "x.png", "Is it?", "yes", "file:/m/x.png", null, null, null, null),
        row);
  }

  @Test
  void numbersAndTruthValuesAreLabelsToo() {
    assertEquals("3", parse("{\"image\": \"x\", \"label\": 3}").label());
    assertEquals("true", parse("{\"image\": \"x\", \"label\": true}").label());
  }

  @Test
  void missingAndEmptyFieldsHaveTheirDefaults() {
    for (String line :
        List.of(
            "{\"image\": \"x.png\", \"question\": \"Is it?\"}",
            "{\"image\": \"x.png\", \"question\": \"Is it?\", \"task\": \"\", \"split\": \" \","
                + " \"id\": null, \"label\": \"\"}")) {
      ManifestRow row = parse(line);
      assertEquals("default", row.task());
      assertNull(row.split());
      assertNull(row.label());
      assertNull(row.problem());
      assertEquals(24, row.id().length());
    }
  }

  @Test
  void anIdIsMadeFromTheContent() {
    String line = "{\"image\": \"x.png\", \"question\": \"Is it?\"}";
    String spaced = "{ \"question\":\"Is it?\",\"image\":\"x.png\" }";
    String other = "{\"image\": \"x.pngI\", \"question\": \"s it?\"}";
    assertEquals(parse(line).id(), parse(spaced).id());
    assertNotEquals(parse(line).id(), parse(other).id());
  }

  @Test
  void aQuestionForAllIsPartOfTheContent() {
    String line = "{\"image\": \"x.png\"}";
    ManifestRow asked = parser(Map.of(), "Is it?").parse(line, FILE);
    assertEquals("Is it?", asked.question());
    assertEquals(parse("{\"image\": \"x.png\", \"question\": \"Is it?\"}").id(), asked.id());
    String own = "{\"image\": \"x.png\", \"question\": \"Or not?\"}";
    assertEquals("Or not?", parser(Map.of(), "Is it?").parse(own, FILE).question());
  }

  @Test
  void knownSpellingsNeedNoOptions() {
    ManifestRow pope =
        parse(
            "{\"question_id\": 4, \"image\": \"c.jpg\", \"text\": \"Is it?\", \"label\": \"no\"}");
    assertEquals("4", pope.id());
    assertEquals("Is it?", pope.question());
    assertEquals("file:/m/c.jpg", parse("{\"file_name\": \"c.jpg\"}").location());
    String both = "{\"image\": \"c.jpg\", \"text\": \"Some caption\", \"question\": \"Is it?\"}";
    assertEquals("Is it?", parse(both).question(), "a field's own name comes first");
  }

  @Test
  void columnsNameOthers() {
    Map<String, String> columns = Map.of("image", "file", "question", "prompt", "id", "");
    ManifestRow row =
        parser(columns, null)
            .parse("{\"file\": \"c.jpg\", \"prompt\": \"Is it?\", \"id\": 3}", FILE);
    assertEquals("c.jpg", row.image());
    assertEquals("Is it?", row.question());
    assertNotEquals("3", row.id(), "id= says that there is none");
    assertEquals(
        "Field file is missing or empty",
        parser(columns, null).parse("{\"image\": \"c.jpg\"}", FILE).problem().detail());
    assertThrows(ConfigurationException.class, () -> parser(Map.of("picture", "x"), null));
  }

  @Test
  void choicesBecomePartOfTheQuestionAndTheirLettersLabels() {
    String line =
        "{\"image\": \"x\", \"question\": \"Which?\", \"label\": \"a dog\","
            + " \"choices\": [\"a cat\", \"a dog\", 3]}";
    ManifestRow row = parse(line);
    assertEquals("B", row.label());
    String asked = "Which?\nA. a cat\nB. a dog\nC. 3\nAnswer with the option's letter";
    assertTrue(row.question().startsWith(asked), row.question());
    String text =
        line.replace("[\"a cat\", \"a dog\", 3]", "\"[\\\"a cat\\\", \\\"a dog\\\", 3]\"");
    assertEquals(row.question(), parse(text).question(), "as CSV has lists");
    assertEquals("Which?", parse(line.replace("[\"a cat\", \"a dog\", 3]", "null")).question());
    Map<String, String> none = Map.of("choices", "");
    assertEquals("a dog", parser(none, null).parse(line, FILE).label());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"image\": \"x\", \"question\": \"q\", \"label\": 2, \"choices\": [\"y\", \"z\"]} |"
            + " neither a letter from A to B",
        "{\"image\": \"x\", \"question\": \"q\", \"choices\": \"y, z\"} | Field choices must be a"
            + " list of texts",
        "{\"image\": \"x\", \"question\": \"q\", \"choices\": [[\"y\"]]} | Field choices must be a"
            + " list of texts",
        "{\"image\": \"x\", \"question\": \"q\", \"choices\": [\"y\", \"\"]} | Field choices:"
            + " choice B is empty",
        "{\"image\": \"x\", \"choices\": [\"y\"]} | Field choices is there, and no question to it",
      })
  void choicesThatAreNoneAreBadRows(String line, String reason) {
    ManifestRow row = parse(line);
    assertEquals(ErrorKind.BAD_ROW, row.problem().kind());
    assertTrue(row.problem().detail().contains(reason), row.problem().detail());
  }

  @Test
  void anImageMayBeEmbedded() {
    String base64 = Base64.getEncoder().encodeToString(GIF);
    for (String image :
        List.of(
            "\"" + base64 + "\"",
            "\"data:image/gif;base64," + base64 + "\"",
            "{\"bytes\": \"" + base64 + "\", \"path\": null}")) {
      ManifestRow row = parse("{\"image\": " + image + ", \"question\": \"Is it?\"}");
      assertArrayEquals(GIF, row.embedded().bytes());
      assertNull(row.location());
      assertTrue(row.image().startsWith("sha256:"), row.image());
      assertEquals(parse("{\"image\": \"" + base64 + "\", \"text\": \"Is it?\"}").id(), row.id());
    }
    ManifestRow named = parse("{\"image\": \"" + base64 + "\", \"image_path\": \"a.gif\"}");
    assertEquals("a.gif", named.image());
    assertArrayEquals(GIF, named.embedded().bytes());
    String path = "photos/" + "long/".repeat(20) + "x";
    assertEquals(path, parse("{\"image\": \"" + path + "\"}").image(), "a long path is a path");
    assertEquals("p.gif", parse("{\"image\": {\"path\": \"p.gif\"}}").image());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | not JSON",
        "{\"image\": \"x\"} {\"image\": \"y\"} | not JSON",
        "{\"image\": \"x\" | not JSON",
        "[1, 2] | not a JSON object",
        "{\"question\": \"Is it?\"} | Field image is missing",
        "{\"image\": \" \"} | Field image is missing",
        "{\"image\": {\"bytes\": null, \"path\": null}} | Field image is missing",
        "{\"image\": {\"bytes\": \"?\"}} | not Base64",
        "{\"image\": \"data:;base64,%4\"} | without two digits",
        "{\"image\": \"x\", \"label\": \"\\ud800\"} | Field label has half of a character",
        "r\uDC00d | not UTF-8: save",
        "\uDC00\uDC00{\u0000\"\u0000 | looks like UTF-16",
        "{\"image\": \"data:image/png;base64,?\"} | not Base64",
        "{\"image\": [1]} | The image is a list",
        "{\"image\": {\"url\": \"x\"}} | is an object without path or bytes",
        "{\"image\": \"x\", \"label\": 1, \"label\": 2} | not JSON: Duplicate field 'label': {",
        "{\"image\": \"x\", // note | not JSON: Unexpected character ('/' (code 47)): {",
        "{\"image\": \"x\", \"label\": +1} | not JSON: Unexpected character ('+'",
        "{\"image\": \"x\"} {\"image\": \"y\"} | Trailing token (of type START_OBJECT) found after"
            + " value: {",
        "{\"image\": \"x\" | expected close marker for Object: {",
        "{\"image\": \"x\",} | not JSON: Unexpected character ('}'",
        "{\"image\": \"x\", \"question\": [\"Is it?\"]} | Field question must be a string",
        "{\"image\": \"x\", \"split\": \"minival\"} | must be probe (or train), validation",
      })
  void aBadLineSaysWhatAndWhere(String line, String reason) {
    ManifestRow row = parse(line);
    assertEquals(ErrorKind.BAD_ROW, row.problem().kind());
    assertTrue(row.problem().detail().contains(reason), row.problem().detail());

    assertEquals(row.id(), parse(line).id());
    assertNull(row.task(), "it is of no task");
  }

  @Test
  void whatABadRowDoesSayIsKept() {
    ManifestRow row = parse("{\"id\": \"a\", \"task\": \"t\", \"question\": \"Is it?\"}");
    assertEquals("a", row.id());
    assertEquals("t", row.task());
    assertEquals("Is it?", row.question());
  }

  @Test
  void aLongBadLineIsShownInPartAndWithoutControlCharacters() {
    String problem = parse("\u0000\u0007" + "x".repeat(100_000)).problem().detail();
    assertTrue(problem.length() < 1_000, problem);
    assertTrue(problem.chars().noneMatch(Character::isISOControl), problem);
  }

  @Test
  void anEmbeddedImageMayBeSpeltInManyWays() {
    byte[] image = Arrays.copyOf(GIF, 300);
    for (int i = 6; i < image.length; i++) {
      image[i] = (byte) (i * 7);
    }
    String usual = Base64.getEncoder().encodeToString(image);
    String ofUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(image);
    assertNotEquals(usual.replace("=", ""), ofUrls);
    StringBuilder percent = new StringBuilder();
    for (byte b : image) {
      percent.append(String.format(Locale.ROOT, "%%%02x", b));
    }
    for (String text :
        List.of(
            usual,
            ofUrls,
            usual.replaceAll("(.{76})", "$1\\\\n"),
            "data:image/gif;base64," + ofUrls,
            "data:image/gif;charset=utf-8;base64," + usual,
            "data:;base64," + usual,
            "base64," + usual,
            "image/gif;base64," + usual,
            "data:application/octet-stream;base64," + usual,
            "DATA:IMAGE/GIF;BASE64," + usual,
            "data:image/gif;base64," + usual.replace("+", "%2B").replace("/", "%2f"),
            "data:image/gif," + percent)) {
      assertArrayEquals(image, parse("{\"image\": \"" + text + "\"}").embedded().bytes(), text);
    }
    assertEquals("data:1,2.png", parse("{\"image\": \"data:1,2.png\"}").image());
  }

  /** A pattern that goes back and forth over the spaces would take minutes. */
  @Test
  void aBrokenEmbeddedImageIsABadRowWithoutItsText() {
    String head = Base64.getEncoder().encodeToString(GIF).substring(0, 64);
    for (String text :
        List.of(
            head + " ".repeat(2_000_000) + "!",
            "!" + "x".repeat(5_000),
            "data:image/png;base64," + "A".repeat(5_000) + "?")) {
      ManifestRow row = parse("{\"image\": \"" + text + "\"}");
      assertEquals(ErrorKind.BAD_ROW, row.problem().kind());
      assertTrue(row.problem().detail().contains("not Base64"), row.problem().detail());
      assertTrue(row.problem().detail().length() < 300);
      assertNull(row.image());
    }
  }

  @Test
  void anEmbeddedImageThatIsNotBase64IsCalledWhatItIs() {
    StringBuilder hex = new StringBuilder("89504E470D0A1A0A");
    Map.of(
            "b'" + Base64.getEncoder().encodeToString(new byte[300]) + "'",
            "Python",
            "b\\\"" + "\\\\x89PNG".repeat(60) + "\\\"",
            "Python",
            hex.append("00".repeat(200)).toString(),
            "hexadecimal",
            "0xffd8ff" + "00".repeat(200),
            "hexadecimal")
        .forEach(
            (text, name) -> {
              ManifestRow row = parse("{\"image\": \"" + text + "\"}");
              assertEquals(ErrorKind.BAD_ROW, row.problem().kind());
              assertTrue(row.problem().detail().contains(name), row.problem().detail());
              assertTrue(row.problem().detail().length() < 300);
              assertNull(row.image());
            });
    String address = "https://x/a.png?signature=" + "5".repeat(600);
    assertEquals(address, parse("{\"image\": \"" + address + "\"}").image());
  }

  @Test
  void aTextThatShowsNothingIsMissing() {
    for (String blank : List.of(" ", "\u00a0", "\u3000\u2003", "\u200b", "\ufeff", "\t\u00ad")) {
      ManifestRow row =
          parse("{\"image\": \"x\", \"label\": \"" + blank.replace("\t", "\\t") + "\"}");
      assertNull(row.problem());
      assertNull(row.label());
    }
  }

  @Test
  void noNumberIsNothing() {
    ManifestRow row =
        parse("{\"image\": \"x\", \"score\": NaN, \"more\": -Infinity, \"label\": NaN}");
    assertNull(row.problem());
    assertNull(row.label());
  }

  @Test
  void lineEndsOfWindowsInAQuestionAreLineEnds() {
    assertEquals("a\nb\nc", parse("{\"image\": \"x\", \"question\": \"a\\r\\nb\\rc\"}").question());
  }
}
