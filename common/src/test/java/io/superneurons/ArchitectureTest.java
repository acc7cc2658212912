package io.superneurons;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the engine, the formats and the arithmetic must not know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.superneurons");

  private static PackageRules rules;

  @BeforeAll
  static void readRules() throws IOException {
    rules = PackageRules.read(Path.of("src/main/java"), CLASSES);
  }

  @Test
  void nothingHereKnowsSparkOrHadoop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(CLASSES);
  }

  @Test
  void onlyTorchTouchesDjlsPyTorch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.superneurons.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl.ndarray..", "ai.djl.pytorch..", "ai.djl.engine..")
        .check(CLASSES);
  }

  @Test
  void arithmeticAndImagesKnowNoModel() {
    noClasses()
        .that()
        .resideInAnyPackage("..neuron..", "..activation..", "..image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..torch..", "..model..", "io.superneurons.text..", "ai.djl..")
        .check(CLASSES);
  }

  @Test
  void nothingFollowsTheUsersLocale() {
    assertEquals(List.of(), LocaleRules.broken(CLASSES));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    assertEquals(List.of(), rules.withoutText());
  }

  @Test
  void noPackageIsLargerThanAReaderKeepsInMind() {
    assertEquals(List.of(), rules.tooLarge());
  }

  @Test
  void packagesImportWhatTheirTextsAllow() {
    assertEquals(List.of(), rules.notAllowed());
  }

  @Test
  void textsAllowWhatIsImported() {
    assertEquals(List.of(), rules.notUsed());
  }

  @Test
  void noPackagesImportEachOtherInACircle() {
    slices().matching("io.superneurons.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
