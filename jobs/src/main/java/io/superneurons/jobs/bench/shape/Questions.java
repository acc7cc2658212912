package io.superneurons.jobs.bench.shape;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Questions of one length that differ in a word, as the questions of a labelling job do. */
public final class Questions {
  private static final List<String> THINGS =
      List.of(
          "dog", "bridge", "bus", "river", "tree", "boat", "road", "cat", "horse", "person",
          "field", "tower", "train", "car", "bird", "house");
  private static final String QUESTION =
      "Is there a %s in the image? Answer the question using a single word or phrase.";

  /** How many questions there are. */
  public static final int MOST = THINGS.size();

  private Questions() {}

  /** The first questions, as many as asked for. */
  public static List<String> first(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, QUESTION, THINGS.get(i)))
        .toList();
  }

  /** All words of all questions and of chat templates. */
  static String words() {
    return String.join(" ", first(MOST))
        + " user assistant User Assistant USER ASSISTANT "
        + "User: Assistant:\nuser\nassistant\nUSER\nASSISTANT";
  }
}
