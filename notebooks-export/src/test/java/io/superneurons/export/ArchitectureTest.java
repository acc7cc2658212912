package io.superneurons.export;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.superneurons.LocaleRules;
import io.superneurons.PackageRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules over all modules. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.superneurons");

  private static PackageRules rules;

  @BeforeAll
  static void readRules() throws IOException {
    rules = PackageRules.read(Path.of("src/main/java"), CLASSES);
  }

  @Test
  void onlyJobsAndExportKnowSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.superneurons.jobs..", "io.superneurons.export..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..")
        .check(CLASSES);
  }

  @Test
  void nothingBelowKnowsTheExport() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.superneurons.export..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.superneurons.export..")
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

  /** The sentences are those of the package-infos, so that the page cannot say something else. */
  @Test
  void thePageOfPackagesHasEachWithItsSentence() throws IOException {
    String page = Files.readString(Path.of("../docs/packages.md"));
    Map<String, String> all = new TreeMap<>();
    for (String module : List.of("common", "jobs", "notebooks-export")) {
      Path sources = Path.of("..", module, "src/main/java");
      all.putAll(PackageRules.read(sources, CLASSES).sentences());
    }
    List<String> rows =
        all.entrySet().stream()
            .map(e -> "| `" + e.getKey() + "` | " + e.getValue() + " |")
            .toList();
    assertEquals(List.of(), rows.stream().filter(row -> !page.contains(row)).toList());
  }
}
