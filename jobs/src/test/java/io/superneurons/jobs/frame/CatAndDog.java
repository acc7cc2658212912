package io.superneurons.jobs.frame;

import io.superneurons.model.Fixture;
import io.superneurons.neuron.chosen.SuperNeurons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Super Neurons of two tasks, cat and dog, in a fixture's model. */
final class CatAndDog {
  private CatAndDog() {}

  /** Writes superneurons.json into a folder. */
  static void write(Fixture fixture, Path folder) throws IOException {
    String task =
        """
        {"task": "%1$s", "question": "Is it a %1$s?", "labels": ["no", "yes"], "exit_layer": 1,
         "rule": "zero", "vote": "majority", "neurons": [{"layer": 0, "site": "resid_post",
         "index": 1, "polarity": 1, "thresholds": [0], "weight": 1}, {"layer": 1, "site": "mlp_post",
         "index": 2, "polarity": 1, "thresholds": [0], "weight": 1}]}\
        """;
    Files.writeString(
        folder.resolve(SuperNeurons.FILE_NAME),
        String.format(
            Locale.ROOT,
            """
            {"format": "superneurons", "version": 1, "model": {"name": "tiny", "family": "llava",
             "fingerprint": "%s"}, "prompt": {}, "dtype": "float16", "compute_dtype": "float32",
             "tasks": [%s, %s]}\
            """,
            fixture.checkpoint().fingerprint(),
            String.format(Locale.ROOT, task, "cat"),
            String.format(Locale.ROOT, task, "dog")));
  }
}
