package io.superneurons.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.superneurons.LocaleRules;
import io.superneurons.PackageRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What drawing and timing must not know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.superneurons.jobs");

  private static PackageRules rules;

  @BeforeAll
  static void readRules() throws IOException {
    rules = PackageRules.read(Path.of("src/main/java"), CLASSES);
  }

  @Test
  void reportAndBenchKnowNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage("..jobs.report..", "..jobs.bench")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
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

  @Test
  void nobodyUsesTheCommandsAboveAll() {
    noClasses()
        .that()
        .resideInAPackage("io.superneurons.jobs.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.superneurons.jobs")
        .check(CLASSES);
  }

  @Test
  void programsStartInJobsAndCommands() {
    noMethods()
        .that()
        .haveName("main")
        .and()
        .areStatic()
        .should()
        .beDeclaredInClassesThat()
        .haveNameNotMatching(".*(Job|Command)")
        .check(CLASSES);
  }
}
