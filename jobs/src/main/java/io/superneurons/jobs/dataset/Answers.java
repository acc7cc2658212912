package io.superneurons.jobs.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** VQA v2's answers, which lie in a file of their own: what is needed of each, by question. */
final class Answers {
  private static final String ID = "question_id";
  private static final String TYPE_OF_QUESTION = "question_type";

  /** What is taken over; the ten single answers are not. */
  private static final List<String> TAKEN =
      List.of(VqaV2.ANSWER, VqaV2.ANSWER_TYPE, TYPE_OF_QUESTION);

  private final Map<Long, List<String>> byQuestion = new HashMap<>();

  private Answers() {}

  static Answers none() {
    return new Answers();
  }

  /**
   * Reads all of them: some 50 bytes for each.
   *
   * @param path with its file system
   */
  static Answers read(Configuration conf, String path) throws IOException {
    Answers answers = new Answers();
    Map<String, String> known = new HashMap<>(); // of half a million answers few differ
    try (JsonTree tree = JsonTree.open(conf, path, Layout.under("annotations"))) {
      for (ObjectNode one = tree.next(); one != null; one = tree.next()) {
        ObjectNode answer = one;
        List<String> taken =
            TAKEN.stream()
                .map(field -> answer.path(field).asText(""))
                .map(text -> known.computeIfAbsent(text, t -> t))
                .toList();
        answers.byQuestion.put(answer.path(ID).asLong(), taken);
      }
    }
    return answers;
  }

  /** The question with its answer, where it has one. */
  ObjectNode added(ObjectNode question) {
    List<String> answer = byQuestion.get(question.path(ID).asLong());
    for (int i = 0; answer != null && i < TAKEN.size(); i++) {
      question.put(TAKEN.get(i), answer.get(i));
    }
    return question;
  }
}
