package io.superneurons.jobs.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.input.EmbeddedReader;
import io.superneurons.jobs.input.FieldColumns;
import io.superneurons.jobs.input.ImagePaths;
import io.superneurons.jobs.input.InputPart;
import io.superneurons.jobs.input.LabelSource;
import io.superneurons.jobs.input.ManifestRecord;
import io.superneurons.jobs.input.ManifestRow;
import io.superneurons.jobs.input.PartRows;
import io.superneurons.jobs.input.RowParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the layouts that data sets are published in; see {@code dataset_fixtures.py}. */
class DatasetFormatTest {
  private static final Path FILES = Path.of("src/test/resources/datasets").toAbsolutePath();
  private static final Configuration CONF = new Configuration();
  private static final String ASKED =
      "\nAnswer with the option's letter from the given choices directly.";

  private List<InputPart> parts(DatasetFormat format, Path file, Path... roots) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    FileSystem files = path.getFileSystem(CONF);
    return PublishedFile.parts(CONF, format, files, files.getFileStatus(path), names(roots));
  }

  private static List<String> names(Path... roots) {
    return Set.of(roots).stream().map(root -> "file:" + root).toList();
  }

  private static RowParser parser(Map<String, String> columns, Path... roots) {
    return new RowParser(
        FieldColumns.of(columns),
        new ImagePaths(names(roots), Set.of()),
        null,
        LabelSource.COLUMN,
        ManifestRecord.Shape.PLAIN);
  }

  private List<ManifestRow> rows(DatasetFormat format, String file) throws IOException {
    return rows(format, FILES.resolve(file), Map.of());
  }

  private List<ManifestRow> rows(
      DatasetFormat format, Path file, Map<String, String> columns, Path... roots)
      throws IOException {
    List<ManifestRow> rows = new ArrayList<>();
    for (InputPart part : parts(format, file, roots)) {
      try (PartRows open = part.rows(CONF, parser(columns, roots), Long.MAX_VALUE)) {
        for (ManifestRow row = open.next(); row != null; row = open.next()) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** A row as id, task, split, image below the folders of its set, question, label. */
  private static List<String> told(ManifestRow row) {
    assertNull(row.problem());
    String[] values = {row.id(), row.task(), row.split(), row.image(), row.question(), row.label()};
    List<String> told = new ArrayList<>();
    for (String value : values) {
      told.add(value == null ? "-" : value);
    }
    return told;
  }

  private static void assertRow(ManifestRow row, String... expected) {
    assertEquals(List.of(expected), told(row));
    if (row.embedded() == null) {
      assertTrue(Files.exists(Path.of(row.location().substring("file:".length()))), row.location());
    }
  }

  @Test
  void vqaV2JoinsQuestionsAndAnswers() throws IOException {
    List<ManifestRow> rows =
        rows(DatasetFormat.VQAV2, "vqav2/v2_OpenEnded_mscoco_val2014_questions.json");
    assertEquals(3, rows.size());
    String red = "val2014/COCO_val2014_000000000042.jpg";
    assertRow(rows.get(0), "42000", "vqav2-yes-no", "validation", red, "Is the square red?", "yes");
    assertRow(rows.get(1), "42001", "vqav2-other", "validation", red, "What color is it?", "red");
    assertEquals("1", rows.get(2).label(), "answers are in another order than questions");
    assertRow(
        rows(DatasetFormat.VQAV2, "vqav2/v2_OpenEnded_mscoco_test-dev2015_questions.json").get(0),
        "9000",
        "vqav2",
        "test",
        "test2015/COCO_test2015_000000000009.jpg",
        "Is it?",
        "-");
  }

  @Test
  void gqaHasATaskForEachStructure() throws IOException {
    List<ManifestRow> rows = rows(DatasetFormat.GQA, "gqa/testdev_balanced_questions.json");
    assertEquals(2, rows.size());
    assertRow(
        rows.get(0),
        "02930152",
        "gqa-verify",
        "test",
        "images/2354786.jpg",
        "Is the square red?",
        "yes");
    assertEquals("gqa-choose", rows.get(1).task());
  }

  @Test
  void popeIsOneTaskOfThreeFilesWithIdsOfTheirOwn() throws IOException {
    List<ManifestRow> rows = rows(DatasetFormat.POPE, "pope/coco_pope_random.json");
    assertEquals(2, rows.size());
    assertRow(
        rows.get(0),
        "random-1",
        "pope",
        "-",
        "val2014/COCO_val2014_000000000042.jpg",
        "Is there a square in the image?",
        "yes");
    Path popular = FILES.resolve("pope/coco_pope_popular.json");
    ManifestRow other = rows(DatasetFormat.POPE, popular, Map.of("task", "category")).get(1);
    assertEquals("popular-2", other.id());
    assertEquals("popular", other.task(), "--columns may name what the name of the file says");
    assertEquals("no", other.label());
  }

  @Test
  void aokvqaIsMultipleChoiceAboutImagesOf2017() throws IOException {
    assertRow(
        rows(DatasetFormat.AOKVQA, "a-okvqa/aokvqa_v1p0_val.json").get(0),
        "22jbM6gDxdaMaunuzgrsBB",
        "a-okvqa",
        "validation",
        "val2017/000000461751.jpg",
        "What is it painted with?\nA. red\nB. blue\nC. green\nD. grey" + ASKED,
        "B");
    ManifestRow test = rows(DatasetFormat.AOKVQA, "a-okvqa/aokvqa_v1p0_test.json").get(0);
    assertNull(test.label());
    assertTrue(test.question().contains("\nD. grey"));
  }

  @Test
  void scienceQaLeavesQuestionsWithoutImagesOut() throws IOException {
    List<ManifestRow> rows = rows(DatasetFormat.SCIENCEQA, "scienceqa/problems.json");
    assertEquals(2, rows.size());
    assertRow(
        rows.get(0),
        "1",
        "scienceqa",
        "probe",
        "images/train/1/image.png",
        "Context: Look at the picture.\nWhich is it?\nA. a circle\nB. a square" + ASKED,
        "B");
    assertRow(
        rows.get(1),
        "3",
        "scienceqa",
        "test",
        "images/test/3/image.png",
        "Is it green?\nA. yes\nB. no" + ASKED,
        "A");
  }

  @Test
  void vizWizHasWhatMostPeopleSaid() throws IOException {
    List<ManifestRow> rows = rows(DatasetFormat.VIZWIZ, "vizwiz/val.json");
    assertRow(
        rows.get(0),
        "VizWiz_val_00000000",
        "vizwiz-other",
        "validation",
        "val/VizWiz_val_00000000.jpg",
        "What color is this?",
        "green");
    assertEquals("vizwiz-unanswerable", rows.get(1).task());
    Map<String, String> answerable = Map.of("label", "answerable", "task", "");
    ManifestRow row =
        rows(DatasetFormat.VIZWIZ, FILES.resolve("vizwiz/val.json"), answerable).get(1);
    assertEquals("0", row.label());
    assertEquals("default", row.task());
    assertNull(rows(DatasetFormat.VIZWIZ, "vizwiz/test.json").get(0).label());
  }

  @Test
  void vlmEvalKitHasImagesOfOtherRowsAndOptionsInColumns() throws IOException {
    Path file = FILES.resolve("vlmevalkit/MMBench_DEV_EN.tsv");
    List<ManifestRow> rows = rows(DatasetFormat.VLMEVALKIT, file, Map.of());
    assertEquals(4, rows.size());
    assertRow(
        rows.get(0),
        "241",
        "default",
        "validation",
        rows.get(0).image(),
        "Look closely.\nWhich color is it?\nA. red\nB. blue" + ASKED,
        "A");
    ManifestRow turned = rows.get(2);
    assertRow(
        turned,
        "1000241",
        "default",
        "validation",
        rows.get(0).image(),
        "Look closely.\nWhich color is it?\nA. blue\nB. red" + ASKED,
        "B");
    assertEquals(rows.get(0).embedded().sha256(), turned.embedded().sha256());
    assertNull(turned.location());
    assertTrue(rows.get(3).problem().detail().contains("that of row 8"));
    assertReadAgain(file, turned.embedded().sha256());
  }

  /** What stands for the image of the third row is read where the first has it. */
  private void assertReadAgain(Path file, String sha256) throws IOException {
    InputPart part = parts(DatasetFormat.VLMEVALKIT, file).get(0);
    List<Long> places = new ArrayList<>();
    try (PartRows open = part.rows(CONF, parser(Map.of()), Long.MAX_VALUE)) {
      for (ManifestRow row = open.next(); row != null; row = open.next()) {
        places.add(open.at());
      }
    }
    assertEquals(places.get(0), places.get(2));
    try (EmbeddedReader images = part.embedded(CONF, parser(Map.of()))) {
      byte[] second = images.read(places.get(1));
      byte[] third = images.read(places.get(2));
      byte[] first = images.read(places.get(0));
      assertArrayEquals(first, third);
      assertTrue(second.length > 0 && !java.util.Arrays.equals(first, second));
    }
  }

  @Test
  void lmmsEvalHasAnswersUnderSeveralNames() throws IOException {
    ManifestRow choice = rows(DatasetFormat.LMMS_EVAL, "lmms-eval/scienceqa-img.parquet").get(0);
    assertEquals(
        "Context: Look at the picture.\nWhich is it?\nA. a circle\nB. a square" + ASKED,
        choice.question());
    assertEquals("B", choice.label());
    Path pope = FILES.resolve("lmms-eval/pope.parquet");
    ManifestRow second = rows(DatasetFormat.LMMS_EVAL, pope, Map.of("task", "category")).get(1);
    assertEquals("no", second.label());
    assertEquals("adversarial", second.task());
    ManifestRow options = rows(DatasetFormat.LMMS_EVAL, "lmms-eval/mmbench.parquet").get(0);
    assertEquals("Which color is it?\nA. red\nB. blue" + ASKED, options.question());
    assertEquals("B", options.label());
    ManifestRow vqa = rows(DatasetFormat.LMMS_EVAL, "lmms-eval/vqav2.parquet").get(0);
    assertEquals("42000", vqa.id());
    assertEquals("yes", vqa.label());
  }

  @Test
  void filesOfAnotherLayoutAreRefused(@TempDir Path folder) throws IOException {
    Path vqa = FILES.resolve("vqav2/v2_mscoco_val2014_annotations.json");
    refused(DatasetFormat.VQAV2, vqa, "not a JSON object with an array questions: its keys are");
    refused(DatasetFormat.GQA, FILES.resolve("vizwiz/val.json"), "it is no JSON object");
    refused(DatasetFormat.VIZWIZ, FILES.resolve("scienceqa/problems.json"), "it is a JSON object");
    refused(DatasetFormat.VIZWIZ, FILES.resolve("a-okvqa/aokvqa_v1p0_val.json"), "not all of");
    refused(DatasetFormat.POPE, FILES.resolve("vizwiz/val.json"), "not a JSON object");
    refused(
        DatasetFormat.VLMEVALKIT,
        Path.of("src/test/resources/manifests/quoted.tsv.gz"),
        "not all of");
    Path cut = folder.resolve("val.json");
    Files.writeString(cut, "[{\"image\": \"a.jpg\", \"question\": \"Is it?\"}, {\"image\"");
    refused(DatasetFormat.VIZWIZ, cut, "after question 1");
    Files.writeString(cut, "[{\"image\": \"a.jpg\", \"question\": \"Is it?\"}]");
    String missing =
        assertThrows(ConfigurationException.class, () -> parts(DatasetFormat.VIZWIZ, cut))
            .getMessage();
    assertTrue(missing.contains("looked for val/a.jpg, a.jpg"), missing);
    assertTrue(missing.contains("--image-roots"), missing);
    assertThrows(ConfigurationException.class, () -> DatasetFormat.of("coco"));
    assertEquals(DatasetFormat.AOKVQA, DatasetFormat.of("AOKVQA"));
    assertEquals(DatasetFormat.LMMS_EVAL, DatasetFormat.of("lmms_eval"));
  }

  private void refused(DatasetFormat format, Path file, String why) {
    String said =
        assertThrows(ConfigurationException.class, () -> parts(format, file)).getMessage();
    assertTrue(said.contains(why), said);
    assertTrue(said.contains("is not laid out as --dataset-format " + format.label()), said);
    assertTrue(said.contains(format.files()), said);
  }

  @Test
  void imagesMayLieInRootsAndBadRecordsAreErrorRows(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("aokvqa_v1p0_val.json");
    String one = Files.readString(FILES.resolve("a-okvqa/aokvqa_v1p0_val.json"));
    String record = one.substring(1, one.lastIndexOf(']'));
    String wrong = record.replace("\"correct_choice_idx\": 1", "\"correct_choice_idx\": 4");
    String other = "{\"question_id\": \"x\"}";
    Files.writeString(file, "[" + record + "," + wrong + "," + other + "]");
    Path root = FILES.resolve("a-okvqa/val2017");
    List<ManifestRow> rows = rows(DatasetFormat.AOKVQA, file, Map.of(), root);
    assertEquals("file:" + root + "/000000461751.jpg", rows.get(0).location());
    assertNull(rows.get(0).problem());
    assertTrue(rows.get(1).problem().detail().contains("label 4 is none of 4 choices"));
    assertEquals("22jbM6gDxdaMaunuzgrsBB", rows.get(1).id());
    assertEquals("x", rows.get(2).id());
    assertTrue(rows.get(2).problem().detail().contains("Field question is missing"));
  }
}
