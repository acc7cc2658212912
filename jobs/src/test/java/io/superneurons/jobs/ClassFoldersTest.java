package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Labels where people have them, and what the plan of extract says of them. */
@ExtendWith(FewShufflePartitions.class)
class ClassFoldersTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  @TempDir private Path folder;
  private String said;

  @Test
  void foldersAreLabelsAndSplits() throws IOException {
    for (String image :
        List.of(
            "train/cat/1", "train/cat/2", "train/dog/3", "val/cat/4", "test/dog/5", "train/6")) {
      image(image);
    }
    assertEquals(0, extract("photos", "--labels-from", "folder", "--question", "Which animal?"));
    assertTrue(said.contains("  task     default: 5 (probe 3, validation 1, test 1)"), said);
    assertTrue(said.contains("           asks \"Which animal?\""), said);
    assertTrue(
        said.contains("           labels cat 3 (probe 2, validation 1); dog 2 (probe 1, test 1)"),
        said);
    Map<String, Row> rows = read("out");
    assertEquals(5, rows.size());
    assertEquals("dog", rows.get("test/dog/5").getAs("label"));
    assertEquals("test", rows.get("test/dog/5").getAs("split"));
    Row stray = read("out/_errors").get("train/6");
    assertEquals("bad_row", stray.getAs("error"));
    assertTrue(stray.<String>getAs("detail").contains("in no folder of a class"));
  }

  @Test
  void emptyClassesAndImagesWithSeveralLabelsAreNamed() throws IOException {
    for (String image : List.of("cat/1", "cat/2", "cat/3", "cat/4", "dog/5", "dog/6", "dog/7")) {
      copy(image, (image.charAt(image.length() - 1) - '0') % 3);
    }
    copy("dog/1", 2);
    Files.createDirectories(folder.resolve("photos/bird/_thumbs"));
    Files.writeString(folder.resolve("photos/bird/notes.txt"), "none yet");
    assertEquals(0, extract("photos", "--labels-from", "folder", "--question", "Which animal?"));
    assertTrue(
        said.contains("  empty    1 class folder without an image, so no label: bird"), said);
    assertTrue(
        said.contains(
            "  twice    1 file name in several class folders (one image with several labels?):"
                + " 1.png (cat) and 1.png (dog)"),
        said);
    assertTrue(
        said.contains(
            "  twice    3 images in several class folders (one content, several labels): 1.png"
                + " (cat) and 7.png (dog); 2.png (cat) and 5.png (dog); 3.png (cat) and 6.png"
                + " (dog)"),
        said);
  }

  @Test
  void numbersInEveryClassAreNoNames() throws IOException {
    for (String image : List.of("cat/1", "dog/2", "cat/2", "dog/1", "cat/3")) {
      copy(image, image.startsWith("cat") ? 0 : 1);
    }
    assertEquals(
        0,
        extract("photos", "--labels-from", "folder", "--question", "Which animal?", "--dry-run"));
    assertFalse(said.contains("twice"), said);
    assertFalse(said.contains("empty"), said);
    assertFalse(said.contains("hidden"), said);
  }

  @Test
  void foldersThatTheirNamesHideAreNamedWithTheirImages() throws IOException {
    for (String image : List.of("cat/1", "_bird/2", "_bird/below/3", ".old/4", "_none/_thumbs/5")) {
      image(image);
    }
    Files.createDirectories(folder.resolve("photos/.git"));
    Files.writeString(folder.resolve("photos/.git/config"), "no image");
    assertEquals(
        0,
        extract("photos", "--labels-from", "folder", "--question", "Which animal?", "--dry-run"));
    assertTrue(said.contains("  task     default: 1"), said);
    assertTrue(
        said.contains(
            "  hidden   2 folders passed over for names that begin with _ or .: .old (1 image),"
                + " _bird (2 images)"),
        said);
    assertFalse(said.contains("empty"), said);
  }

  @Test
  void metadataOfHuggingFacesImageFoldersSaysTheLabelAndTheFolderTheSplit() throws IOException {
    image("train/1");
    image("test/cat/2");
    Files.writeString(folder.resolve("photos/train/metadata.csv"), "file_name,label\n1.png,dog\n");
    assertEquals(0, extract("photos", "--labels-from", "folder", "--question", "Which animal?"));
    Map<String, Row> rows = read("out");
    assertEquals("dog", rows.get("1").getAs("label"));
    assertEquals("probe", rows.get("1").getAs("split"));
    assertEquals("cat", rows.get("test/cat/2").getAs("label"));
    assertEquals("test", rows.get("test/cat/2").getAs("split"));
  }

  @Test
  void aColumnThatLooksLikeAFieldIsNamed() throws IOException {
    image("1");
    manifest("prompt,image,class\nIs it?,1.png,yes\n");
    assertEquals(2, extract("photos/rows.csv", "--dry-run"));
    assertTrue(said.contains("its column prompt looks like it: --columns question=prompt"), said);
    assertEquals(1, said.lines().count(), said);
    assertEquals(0, extract("photos/rows.csv", "--dry-run", "--columns", "question=prompt"));
    assertTrue(
        said.contains(
            "labels   no row has one; its column class looks like it: --columns label=class"),
        said);
    assertEquals(
        0, extract("photos/rows.csv", "--dry-run", "--columns", "question=prompt,label=class"));
    assertTrue(said.contains("labels yes 1"), said);
    assertTrue(said.contains("splits   no row has one; select deals the rows by image"), said);
  }

  private void manifest(String text) throws IOException {
    Files.writeString(folder.resolve("photos/rows.csv"), text);
  }

  private void image(String name) throws IOException {
    copy(name, 0);
  }

  private void copy(String name, int number) throws IOException {
    Path file = folder.resolve("photos").resolve(name + ".png");
    Files.createDirectories(file.getParent());
    Files.copy(FIXTURE.folder().resolve("images/" + number + ".png"), file);
  }

  private int extract(String input, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", folder.resolve(input).toString()));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--output", folder.resolve("out").toString(), "--layers", "0"));
    args.addAll(List.of(more));
    Printed printed = Printed.of(() -> JobMain.run(new ExtractJob(), args.toArray(String[]::new)));
    said = printed.said();
    return printed.exitCode();
  }

  /** Rows by their images' names below the corpus. */
  private Map<String, Row> read(String output) throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    try (SparkSession spark = Sessions.open("read")) {
      for (Row row : spark.read().parquet(folder.resolve(output).toString()).collectAsList()) {
        rows.put(row.<String>getAs("image").replaceFirst(".*photos/", "").replace(".png", ""), row);
      }
    }
    return rows;
  }
}
