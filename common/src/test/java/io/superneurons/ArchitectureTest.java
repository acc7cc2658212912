package io.superneurons;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the engine, the formats and the arithmetic must not know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.superneurons");

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
        .resideInAnyPackage("..torch..", "..model..", "..text..", "ai.djl..")
        .check(CLASSES);
  }
}
