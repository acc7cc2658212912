package io.superneurons.export;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Rules over all modules. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.superneurons");

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
}
