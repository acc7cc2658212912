package io.superneurons.jobs.label;

import io.superneurons.DocumentedNames;
import io.superneurons.jobs.run.RunSummary;
import java.io.IOException;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** docs/formats.md names every column of predictions, docs/nightly.md every key beside them. */
class PredictionsDocTest {
  @Test
  void everyColumnIsDocumented() throws IOException {
    PredictionColumns all = new PredictionColumns(true, true);
    DocumentedNames.require(
        all.schema().getFields().stream().map(Type::getName).toList(), "formats.md");
  }

  @Test
  void everyKeyOfSummaryAndDriftIsDocumented() throws IOException {
    DocumentedNames.require(DocumentedNames.keys(RunSummary.class), "nightly.md");
    DocumentedNames.require(DocumentedNames.keys(DriftCheck.Report.class), "nightly.md");
  }
}
