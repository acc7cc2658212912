package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that inputs of real users found, and the test that shows each of them mended. */
class RealFaultsTest {
  private static final String ROOT = "io.superneurons.";

  @ParameterizedTest
  @CsvSource({
    "no locale, jobs.LauncherTest, javaStartsInALocaleOfUtf8",
    "no locale, jobs.InputJobsTest, oddNamesGoThroughAllStages",
    "digits of the locale, jobs.LocaleJobsTest, namesAreThoseOfEveryOtherMachine",
    "links in a circle, jobs.files.FilesBelowTest, eachRealFolderIsEnteredOnce",
    "other columns of Parquet, jobs.manifest.RealTablesTest, parquetMayHaveAnyColumnsThatAreNotNeeded",
    "other columns of Parquet, jobs.manifest.RealTablesTest, parquetLabelsOfSeveralTypesAreTexts",
    "other columns of Parquet, jobs.select.SelectRefusalTest, aFolderMayHaveAnyColumnsThatAreNotNeeded",
    "own answers, neuron.cascade.AnswerMatcherTest, anAnswerThatIsALabelIsThatLabel",
    "colons in names, jobs.manifest.ManifestTest, namesWithColonsAndStaleChecksumsAreReadAsAnyOther",
    "tables as they are, jobs.manifest.RealTablesTest, aColumnOfNumbersThatRepeatIsNoId",
    "tables as they are, jobs.manifest.RealTablesTest, otherJsonIsRefusedWithTheWayOut",
    "tables as they are, jobs.manifest.RealTablesTest, splitsGoByTheNamesOfDataSets",
    "tables as they are, jobs.manifest.RealTablesTest, severalImagesInARowAreABadRow",
    "tables as they are, jobs.pass.BatchRunnerTest, aNumberThatIsNoFileIsToldToBeAnotherRowsImage",
    "chat templates, text.ChatTemplateTest, jinjaFeaturesGiveWhatJinja2Gives",
    "orientation and transparent grey of PNG, image.codec.DecodeFixturesTest, equalsPillow",
    "no UTF-8, jobs.manifest.ManifestTest, textThatIsNotUtf8IsNoLabel",
    "line ends in quotes, jobs.input.RowParserTest, lineEndsOfWindowsInAQuestionAreLineEnds",
    "NaN, jobs.input.RowParserTest, noNumberIsNothing",
    "messages of select, jobs.select.SelectRefusalTest, neuronsOfOneValueAreRefusedWithTheTask",
    "messages of select, jobs.select.SelectRefusalTest, aVectorThatIsCutIsRefusedWithItsRow",
    "messages of select, jobs.RunResumeTest, aFullDiskFailsTheRunAndAResumeDoesTheRest",
    "labels that look alike, jobs.select.SelectInputTest, aTaskThatCannotWorkIsRefusedByName",
    "a user without a name, jobs.LauncherTest, aUserIdWithoutANameHasOneForJavaAndAHome",
    "stale checksums, jobs.manifest.ManifestTest, namesWithColonsAndStaleChecksumsAreReadAsAnyOther",
    "embedded images, jobs.input.RowParserTest, anEmbeddedImageMayBeSpeltInManyWays",
    "odd tables, jobs.manifest.RealTablesTest, emptyNamesInAHeaderAreNoColumns",
    "odd tables, jobs.manifest.RealTablesTest, aTableWithOtherSeparatorsIsToldSo",
    "odd folders, checkpoint.CheckpointTest, foldersOfOtherKindsAreCalledWhatTheyAre",
    "memory, jobs.pass.DecodeMemoryTest, tooLittleMemoryIsAnErrorOfItsRowAndCostsNoOther",
  })
  void aTestShowsEachFaultMended(String fault, String test, String method) throws Exception {
    assertTrue(
        Arrays.stream(Class.forName(ROOT + test).getDeclaredMethods())
            .filter(found -> found.getName().equals(method))
            .anyMatch(
                found ->
                    found.isAnnotationPresent(Test.class)
                        || found.isAnnotationPresent(TestFactory.class)
                        || found.isAnnotationPresent(ParameterizedTest.class)),
        fault + " has no test " + method);
  }
}
