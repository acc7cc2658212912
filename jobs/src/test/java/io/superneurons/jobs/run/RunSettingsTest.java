package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which settings fit those that a folder's rows were made with. */
class RunSettingsTest {
  private static final List<String> IDS = List.of("id", "question_id", "index");

  /** As an earlier version wrote it, of a run whose rows had task a only. */
  private static final String EARLIER =
      """
      {"format": "superneurons-run", "version": 1, "job": "label", "settings": {"dtype": "float32",
       "cascade": {"thresholds": {"a": [0.2]}, "last_resort": "model", "max_new_tokens": 8}}}\
      """;

  private static RunSettings settings(
      String dtype, List<String> ids, double target, Map<String, Object> thresholds) {
    return new RunSettings(
        "label",
        Map.of(
            "dtype",
            dtype,
            RunSettings.ID_COLUMNS,
            ids,
            "cascade",
            Map.of("target_accuracy", target, "last_resort", "model", "max_new_tokens", 8)),
        Map.of(
            "cascade",
            Map.of("thresholds", thresholds, "last_resort", "model", "max_new_tokens", 8)));
  }

  private static void refused(String difference, RunSettings now, String recorded) {
    String message =
        assertThrows(ConfigurationException.class, () -> now.requireSame(recorded, "out"))
            .getMessage();
    assertTrue(message.contains("out cannot be resumed: " + difference), message);
  }

  @Test
  void theFirstDifferenceIsNamed() {
    Map<String, Object> thresholds = Map.of("a", List.of(0.2));
    RunSettings before = settings("float32", IDS, 0.9, thresholds);
    String recorded = before.toJson();
    before.requireSame(recorded, "out");
    settings("float32", IDS, 0.9, Map.of("b", List.of(0.5))).requireSame(recorded, "out");
    refused(
        "cascade.target_accuracy was 0.9 and is now 0.8",
        settings("float32", IDS, 0.8, thresholds),
        recorded);
    refused(
        "id_columns was [\"id\",\"question_id\",\"index\"] and is now [\"id\"]",
        settings("float32", List.of("id"), 0.9, thresholds),
        recorded);
  }

  @Test
  void aFolderOfAnEarlierVersionIsComparedAsThatVersionDid() {
    Map<String, Object> both = Map.of("a", List.of(0.2), "b", List.of(0.5));
    for (List<String> ids : List.of(IDS, List.of("id"))) {
      settings("float32", ids, 0.9, both).requireSame(EARLIER, "out");
    }
    settings("float32", IDS, 0.9, Map.of("b", List.of(0.5))).requireSame(EARLIER, "out");
    refused(
        "cascade.thresholds.a was [0.2] and is now [0.3]",
        settings("float32", IDS, 0.9, Map.of("a", List.of(0.3))),
        EARLIER);
    refused("dtype was", settings("bfloat16", IDS, 0.9, both), EARLIER);
    assertEquals(-1, settings("float32", IDS, 0.9, both).toJson().indexOf("thresholds"));
  }
}
