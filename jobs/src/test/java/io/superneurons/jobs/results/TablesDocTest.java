package io.superneurons.jobs.results;

import io.superneurons.DocumentedNames;
import io.superneurons.jobs.parquet.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/formats.md names every column of select's tables, and the tables. */
class TablesDocTest {
  @Test
  void everyColumnIsDocumented() throws IOException {
    Set<String> names = new TreeSet<>();
    for (TableSchema schema :
        List.of(
            ScoredNeuron.SCHEMA,
            Evaluation.SCHEMA,
            Comparison.SCHEMA,
            OtherAnswer.SCHEMA,
            CurvePoint.SCHEMA,
            LevelMargin.SCHEMA,
            ReliabilityBin.SCHEMA,
            Transfer.SCHEMA,
            SharedNeuron.SCHEMA,
            JudgedRow.SCHEMA)) {
      names.add(schema.name());
      names.addAll(schema.columns());
    }
    DocumentedNames.require(names, "formats.md");
  }
}
