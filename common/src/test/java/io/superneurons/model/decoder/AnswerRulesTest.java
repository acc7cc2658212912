package io.superneurons.model.decoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Config;
import io.superneurons.model.weights.ModelException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What generation_config.json asks of answers. */
class AnswerRulesTest {
  private static final Set<Long> END = Set.of(2L, 3L);

  @Test
  void samplingAloneChangesNothing() {
    AnswerRules rules =
        rules("\"do_sample\": true, \"temperature\": 0.1, \"top_p\": 0.001, \"num_beams\": 1");
    assertTrue(rules.changeNothing());
    assertEquals(List.of(), rules.notFollowed());
  }

  @Test
  void anAnswerDoesNotEndBeforeItsLeastLength() {
    AnswerRules answer = rules("\"min_new_tokens\": 2");
    assertEquals(END, answer.banned(10, 0, END));
    assertEquals(END, answer.banned(10, 1, END));
    assertEquals(Set.of(), answer.banned(10, 2, END));
    AnswerRules together = rules("\"min_length\": 12");
    assertEquals(END, together.banned(10, 1, END));
    assertEquals(Set.of(), together.banned(10, 2, END));
  }

  @Test
  void suppressedTokensAreNotChosen() {
    AnswerRules rules = rules("\"suppress_tokens\": [7], \"begin_suppress_tokens\": [8, 9]");
    assertEquals(Set.of(7L, 8L, 9L), rules.banned(10, 0, END));
    assertEquals(Set.of(7L), rules.banned(10, 1, END));
    assertFalse(rules.changeNothing());
  }

  @Test
  void whatIsNotFollowedIsNamedWhereItChangesAnswers() {
    assertEquals(
        List.of("no_repeat_ngram_size", "num_beams"),
        rules("\"num_beams\": 4, \"no_repeat_ngram_size\": 3, \"stop_strings\": null")
            .notFollowed());
    assertEquals(
        List.of("bad_words_ids"),
        rules("\"bad_words_ids\": [[1]], \"encoder_repetition_penalty\": 1.0").notFollowed());
  }

  @Test
  void aPenaltyThatIsNoneIsRefused() {
    assertThrows(ModelException.class, () -> rules("\"repetition_penalty\": 0"));
  }

  private static AnswerRules rules(String json) {
    return AnswerRules.of(Config.parse("generation_config.json", "{" + json + "}"));
  }
}
