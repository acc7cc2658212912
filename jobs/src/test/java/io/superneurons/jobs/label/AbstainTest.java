package io.superneurons.jobs.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.FewShufflePartitions;
import io.superneurons.jobs.NightlyCorpus;
import io.superneurons.jobs.Printed;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that label leaves open since their votes are close. */
@ExtendWith(FewShufflePartitions.class)
class AbstainTest {
  /** A neuron that always votes no, with half the weight: yes has a margin of a third. */
  private static final String ANOTHER =
      """
      }, {"layer": 0, "site": "resid_post", "index": 2, "polarity": 1, "thresholds": [1e9],
       "weight": 0.5\
      """;

  @TempDir private Path folder;

  @Test
  void whatLabelIsToldGoesForAllRowsAndIsRecorded() throws IOException {
    NightlyCorpus corpus = NightlyCorpus.in(folder);
    corpus.superNeurons("\"abstain_below\": 0.9, ", ANOTHER);
    String images = corpus.images().toString();
    assertEquals(0, corpus.label("all", images, "--abstain", "0"));
    assertEquals(0, corpus.label("sure", images, "--abstain", "0.5"));
    assertEquals(0.5, corpus.json("sure", "_run.json").get("settings").get("abstain").asDouble());
    assertEquals(2, corpus.label("sure", images, "--resume"), "with what select chose");
    assertEquals(0, corpus.label("sure", images, "--resume", "--abstain", "0.5"));
    List<Row> all = corpus.rows("all");
    List<Row> sure = corpus.rows("sure");
    Set<String> met = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      String label = all.get(i).getAs("prediction");
      met.add(label);
      assertEquals("decided", all.get(i).getAs("status"));
      if (label.equals("yes")) {
        assertNull(sure.get(i).getAs("prediction"));
        assertEquals("undecided", sure.get(i).getAs("status"));
      } else {
        assertEquals(label, sure.get(i).getAs("prediction"));
        assertEquals("decided", sure.get(i).getAs("status"));
      }
    }
    assertEquals(Set.of("no", "yes"), met);
  }

  @Test
  void whatNoRowCanReachIsSaid() throws IOException {
    NightlyCorpus corpus = NightlyCorpus.in(folder);
    corpus.superNeurons(
        "\"abstain_below\": 0.7, ", ", \"label\": \"no\"" + ANOTHER + ", \"label\": \"yes\"");
    Path file = folder.resolve(SuperNeurons.FILE_NAME);
    String detectors =
        Files.readString(file)
            .replace("[\"no\", \"yes\"]", "[\"no\", \"other\", \"yes\"]")
            .replace("best_cut", "one_vs_rest");
    Files.writeString(file, detectors);
    String images = corpus.images().toString();
    Printed chosen = Printed.onOutput(() -> corpus.label("out", images));
    assertEquals(0, chosen.exitCode());
    String said = "NO ROW CAN REACH --abstain 0.7: margins of this task end at 0.667";
    assertTrue(chosen.said().contains(said), chosen.said());
    Printed told = Printed.of(() -> corpus.label("other", images, "--abstain", "0.67"));
    assertEquals(2, told.exitCode());
    assertTrue(told.said().contains("margins of this task end at 0.667"), told.said());
    assertFalse(Files.exists(folder.resolve("other")), "before any work");
  }
}
