package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.model.pass.Capture;
import io.superneurons.model.pass.RowInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers by a checkpoint's rules, beside the same rules on logits of whole passes. */
class RuledAnswersTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");
  private static final int LENGTH = 6;
  private static final double PENALTY = 1.8;
  private static final long SUPPRESSED = 3;

  @TempDir Path folder;

  @Test
  void everyTokenIsTheLikeliestThatTheRulesAllow() throws IOException {
    copyWith(
        "{\"eos_token_id\": 2, \"repetition_penalty\": 1.8, \"min_new_tokens\": 2,"
            + " \"suppress_tokens\": [3], \"forced_eos_token_id\": 2, \"do_sample\": true}");
    try (VisionLanguageModel model =
        VisionLanguageModel.open(Checkpoint.open(folder), TestDevice.exact())) {
      List<RowInput> rows =
          FIXTURE.cases().stream().map(c -> FixtureRows.row(FIXTURE, model, c)).toList();
      Capture capture = Capture.withAnswer(List.of(), LENGTH);
      for (int row = 0; row < rows.size(); row++) {
        long[] answer = model.run(rows, capture, Set.of(2L)).get(row).answerIds();
        assertArrayEquals(expected(model, rows.get(row)), answer);
        assertNotEquals(
            Arrays.toString(FIXTURE.cases().get(row).generatedIds()), Arrays.toString(answer));
      }
    }
  }

  private static long[] expected(VisionLanguageModel model, RowInput row) {
    Set<Long> seen = new HashSet<>();
    Arrays.stream(model.expand(row)).forEach(seen::add);
    long[] prompt = row.promptIds();
    long[] answer = new long[0];
    while (answer.length < LENGTH && (answer.length == 0 || answer[answer.length - 1] != 2)) {
      long[] ids = Arrays.copyOf(prompt, prompt.length + answer.length);
      System.arraycopy(answer, 0, ids, prompt.length, answer.length);
      long next =
          answer.length + 1 == LENGTH
              ? 2
              : likeliest(model.logits(new RowInput(row.image(), ids)), seen, answer.length);
      seen.add(next);
      answer = Arrays.copyOf(answer, answer.length + 1);
      answer[answer.length - 1] = next;
    }
    return answer;
  }

  private static long likeliest(float[] logits, Set<Long> seen, int step) {
    long best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < logits.length; id++) {
      double logit = logits[id];
      if (seen.contains((long) id)) {
        logit = logit < 0 ? logit * PENALTY : logit / PENALTY;
      }
      boolean banned = id == SUPPRESSED || id == 2 && step < 2;
      if (!banned && logit > most) {
        most = logit;
        best = id;
      }
    }
    return best;
  }

  private void copyWith(String generation) throws IOException {
    try (Stream<Path> files = Files.list(FIXTURE.checkpoint().folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("generation_config.json"), generation);
  }
}
