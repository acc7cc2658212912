package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.JobMain;
import io.superneurons.jobs.cli.Sessions;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults that inputs of real users found, and the test that shows each of them mended. */
@ExtendWith(FewShufflePartitions.class)
class RealFaultsTest {
  private static final String ROOT = "io.superneurons.";
  private static final int FAULTS = 21;
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  /** Number of the fault, what it is about, test class, test. */
  private static final List<String> SHOWN =
      List.of(
          "01, no locale, jobs.LauncherTest, javaStartsInALocaleOfUtf8",
          "01, no locale, jobs.InputJobsTest, oddNamesGoThroughAllStages",
          "02, digits of the locale, jobs.LocaleJobsTest, namesAreThoseOfEveryOtherMachine",
          "03, links in a circle, jobs.files.FilesBelowTest, eachRealFolderIsEnteredOnce",
          "04, other columns of Parquet, jobs.manifest.RealTablesTest, parquetMayHaveAnyColumnsThatAreNotNeeded",
          "04, other columns of Parquet, jobs.manifest.RealTablesTest, parquetLabelsOfSeveralTypesAreTexts",
          "04, other columns of Parquet, jobs.select.SelectRefusalTest, aFolderMayHaveAnyColumnsThatAreNotNeeded",
          "05, own answers, neuron.cascade.AnswerMatcherTest, anAnswerThatIsALabelIsThatLabel",
          "06, colons in names, jobs.manifest.ManifestTest, namesWithColonsAndStaleChecksumsAreReadAsAnyOther",
          "07, tables as they are, jobs.manifest.RealTablesTest, aColumnOfNumbersThatRepeatIsNoId",
          "07, tables as they are, jobs.manifest.RealTablesTest, otherJsonIsRefusedWithTheWayOut",
          "07, tables as they are, jobs.manifest.RealTablesTest, splitsGoByTheNamesOfDataSets",
          "07, tables as they are, jobs.manifest.RealTablesTest, severalImagesInARowAreABadRow",
          "07, tables as they are, jobs.pass.BatchRunnerTest, aNumberThatIsNoFileIsToldToBeAnotherRowsImage",
          "08, padding to a square, model.family.parts.ImageSettingsTest, paddingHasTheMeansColour",
          "09, chat templates, text.ChatTemplateTest, jinjaFeaturesGiveWhatJinja2Gives",
          "09, chat templates, text.jinja.JinjaTemplateTest, textsAndErrorsAreThoseOfJinja2",
          "10, orientation and transparent grey of PNG, image.codec.DecodeFixturesTest, equalsPillow",
          "11, orientation and transparent grey of PNG, image.codec.DecodeFixturesTest, equalsPillow",
          "12, no UTF-8, jobs.manifest.ManifestTest, textThatIsNotUtf8IsNoLabel",
          "13, line ends in quotes, jobs.input.RowParserTest, lineEndsOfWindowsInAQuestionAreLineEnds",
          "14, NaN, jobs.input.RowParserTest, noNumberIsNothing",
          "15, both edges in a size, model.family.parts.ImageSettingsTest, sizesAreReadInEverySpelling",
          "15, unknown processors, model.family.parts.ImageSettingsTest, whatIsNotKnownIsRefusedByName",
          "15, sliding windows, model.decoder.shape.DecoderShapeTest, windowsAreThoseOfTransformers",
          "15, a head of its own, model.decoder.shape.DecoderShapeTest, theHeadIsTiedAsTheFamilySays",
          "15, templates in several files, checkpoint.CheckpointTest, theChatTemplateIsFoundWhereItMayBe",
          "16, messages of select, jobs.select.SelectRefusalTest, neuronsOfOneValueAreRefusedWithTheTask",
          "16, messages of select, jobs.select.SelectRefusalTest, aVectorThatIsCutIsRefusedWithItsRow",
          "16, messages of select, jobs.RunResumeTest, aFullDiskFailsTheRunAndAResumeDoesTheRest",
          "16, memory, jobs.pass.DecodeMemoryTest, tooLittleMemoryIsAnErrorOfItsRowAndCostsNoOther",
          "17, labels that look alike, jobs.select.SelectInputTest, aTaskThatCannotWorkIsRefusedByName",
          "17, labels that look alike, jobs.select.rows.LooseLabelTest, whatLooksAlikeIsAlike",
          "18, a user without a name, jobs.LauncherTest, aUserIdWithoutANameHasOneForJavaAndAHome",
          "19, stale checksums, jobs.manifest.ManifestTest, namesWithColonsAndStaleChecksumsAreReadAsAnyOther",
          "20, embedded images, jobs.input.RowParserTest, anEmbeddedImageMayBeSpeltInManyWays",
          "20, embedded images, jobs.input.RowParserTest, anEmbeddedImageThatIsNotBase64IsCalledWhatItIs",
          "21, odd tables, jobs.manifest.RealTablesTest, emptyNamesInAHeaderAreNoColumns",
          "21, odd tables, jobs.manifest.RealTablesTest, aTableWithOtherSeparatorsIsToldSo",
          "21, odd folders, checkpoint.CheckpointTest, foldersOfOtherKindsAreCalledWhatTheyAre");

  @TempDir private Path folder;

  static List<String> shown() {
    return SHOWN;
  }

  @Test
  void everyFaultHasATest() {
    assertEquals(
        IntStream.rangeClosed(1, FAULTS)
            .mapToObj(fault -> String.format(Locale.ROOT, "%02d", fault))
            .toList(),
        SHOWN.stream().map(line -> line.substring(0, 2)).distinct().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("shown")
  void aTestShowsEachFaultMended(String line) throws Exception {
    String[] parts = line.split(", ");
    assertTrue(
        Arrays.stream(Class.forName(ROOT + parts[2]).getDeclaredMethods())
            .filter(found -> found.getName().equals(parts[3]))
            .anyMatch(
                found ->
                    found.isAnnotationPresent(Test.class)
                        || found.isAnnotationPresent(TestFactory.class)
                        || found.isAnnotationPresent(ParameterizedTest.class)),
        parts[1] + " has no test " + parts[3]);
  }

  /** Those that are about rows and files, in one run on files of their kinds. */
  @Test
  void oneRunReadsThemAll() throws IOException {
    byte[] png = Files.readAllBytes(FIXTURE.folder().resolve("images/0.png"));
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.write(links.resolve("caf\u00e9.png"), png);
    Files.createSymbolicLink(links.resolve("again"), Path.of("."));
    Files.createSymbolicLink(links.resolve("more"), Path.of("../links"));
    Path tables = Files.createDirectories(folder.resolve("tables"));
    Files.write(tables.resolve("12:30.png"), png);
    Files.write(tables.resolve(".12:30.png.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1});
    String ofUrls = Base64.getUrlEncoder().withoutPadding().encodeToString(png);
    Files.writeString(
        tables.resolve("a:b.jsonl"),
        """
        {"image": "12:30.png", "question": "a\\r\\nb", "label": "colon", "score": NaN}
        {"image": "12:30.png", "question": "q", "label": NaN}
        {"image": "DATA:;BASE64,URL", "question": "q", "label": "embedded"}
        {"image": "b'ZEROS'", "question": "q", "label": "python"}
        """
            .replace("URL", ofUrls)
            .replace("ZEROS", "0".repeat(300)));
    Files.writeString(
        tables.resolve("latin.csv"),
        "image,question,label,,\r\n12:30.png,\"a\r\nb\",crlf,,\r\n12:30.png,q,r\u00e9d,,\r\n",
        Charset.forName("windows-1252"));
    OddParquet.write(
        tables.resolve("odd.parquet"),
        "optional binary image (STRING); optional binary question (STRING); optional double label;"
            + " optional int64 at (TIMESTAMP(NANOS,true)); optional binary Label (STRING);",
        List.of(
            Map.of("image", "12:30.png", "question", "odd", "label", 1.5),
            Map.of("image", "12:30.png", "question", "odd", "label", Double.NaN)));

    List<String> args = new ArrayList<>(List.of("--input", links.toString(), tables.toString()));
    args.addAll(List.of("--model", FIXTURE.folder().resolve("checkpoint").toString()));
    args.addAll(List.of("--output", folder.resolve("out").toString(), "--layers", "0"));
    args.addAll(List.of("--question", "q of all"));
    assertEquals(0, JobMain.run(new ExtractJob(), args.toArray(String[]::new)));

    try (SparkSession spark = Sessions.open("read")) {
      List<String> rows =
          spark.read().parquet(folder.resolve("out").toString()).collectAsList().stream()
              .map(row -> row.getAs("label") + " " + row.getAs("question"))
              .sorted()
              .toList();
      assertEquals(
          List.of(
              "1.5 odd",
              "colon a\nb",
              "crlf a\nb",
              "embedded q",
              "null odd",
              "null q",
              "null q of all"),
          rows);
      List<String> errors =
          spark.read().parquet(folder.resolve("out/_errors").toString()).collectAsList().stream()
              .map(row -> row.<String>getAs("detail"))
              .sorted()
              .toList();
      assertEquals(2, errors.size(), errors.toString());
      assertTrue(errors.get(0).contains("Python") && errors.get(0).contains("line 4"), errors + "");
      assertTrue(errors.get(1).contains("not UTF-8"), errors.toString());
    }
  }
}
