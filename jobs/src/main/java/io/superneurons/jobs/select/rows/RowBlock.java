package io.superneurons.jobs.select.rows;

import io.superneurons.jobs.files.Digests;
import io.superneurons.neuron.rows.TaskRows;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * The labelled rows of one part of a folder in their canonical order, packed for the driver: some
 * 36 bytes per row and the characters of its id, which the order needs. Images are told apart by
 * 128 bits of a hash of their names.
 */
public final class RowBlock implements Serializable {
  private static final long serialVersionUID = 1;

  /** Rows that stand together: of one task and set, from one place to before another. */
  record Run(String task, int set, int from, int to) implements Serializable {}

  private final ArrayList<Run> runs = new ArrayList<>();

  /** The question of each task's probing rows; null where they share none. */
  private final HashMap<String, String> questions = new HashMap<>();

  private final byte[] ids;
  private final int[] idEnds;
  private final long[] images;
  private final BitSet named = new BitSet();
  private final int[] positions;
  private final int[] labels;
  private final int[] answers;
  private final int[] files;
  private Texts texts = new Texts();

  private RowBlock(List<LabelledRow> rows) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    MessageDigest sha = Digests.sha256();
    idEnds = new int[rows.size()];
    images = new long[2 * rows.size()];
    positions = new int[rows.size()];
    labels = new int[rows.size()];
    answers = new int[rows.size()];
    files = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      LabelledRow row = rows.get(i);
      packed.writeBytes(row.id().getBytes(StandardCharsets.UTF_8));
      idEnds[i] = packed.size();
      byte[] digest = sha.digest(row.imageOrId().getBytes(StandardCharsets.UTF_8));
      ByteBuffer.wrap(digest).asLongBuffer().get(images, 2 * i, 2);
      named.set(i, row.image() != null);
      positions[i] = Math.toIntExact(row.position());
      labels[i] = texts.number(row.label());
      answers[i] = texts.number(row.answer());
      files[i] = texts.number(row.file());
      note(row, i);
    }
    ids = packed.toByteArray();
  }

  /** Packs rows, in whatever order they are. */
  static RowBlock of(List<LabelledRow> unordered) {
    return new RowBlock(unordered.stream().sorted(LabelledRow.ORDER).toList());
  }

  private void note(LabelledRow row, int at) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.task.equals(row.task()) && last.set == row.set()) {
      runs.set(runs.size() - 1, new Run(last.task, last.set, last.from, at + 1));
    } else {
      runs.add(new Run(row.task(), row.set(), at, at + 1));
    }
    if (row.set() == TaskRows.PROBE) {
      addQuestion(questions, row.task(), row.question());
    }
  }

  private static void addQuestion(Map<String, String> shared, String task, String question) {
    if (!shared.containsKey(task)) {
      shared.put(task, question);
    } else if (!Objects.equals(shared.get(task), question)) {
      shared.put(task, null);
    }
  }

  /** Whether it has rows of that set. */
  boolean has(int set) {
    return runs.stream().anyMatch(run -> run.set == set);
  }

  /** Adds how many rows of some sets have each label of their tasks. */
  void countLabels(Map<String, Map<String, Integer>> byTask, IntPredicate sets) {
    for (Run run : runs) {
      if (sets.test(run.set)) {
        Map<String, Integer> counts = byTask.computeIfAbsent(run.task, name -> new HashMap<>());
        for (int row = run.from; row < run.to; row++) {
          counts.merge(texts.text(labels[row]), 1, Integer::sum);
        }
      }
    }
  }

  /** Keeps the rows of one set only, and counts them to another, which has no probing rows. */
  void turn(int kept, int to) {
    List<Run> turned =
        runs.stream()
            .filter(r -> r.set == kept)
            .map(r -> new Run(r.task, to, r.from, r.to))
            .toList();
    runs.clear();
    runs.addAll(turned);
    questions.clear();
  }

  /** From now on texts have the numbers that they have among others. */
  void renumber(Texts others) {
    int[] numbers = texts.numbersIn(others);
    for (int[] column : List.of(labels, answers, files)) {
      Arrays.setAll(column, i -> column[i] == Texts.NONE ? Texts.NONE : numbers[column[i]]);
    }
    texts = others;
  }

  List<Run> runs() {
    return runs;
  }

  /** Adds the questions of the probing rows to those of other blocks. */
  void addQuestions(Map<String, String> shared) {
    questions.forEach((task, question) -> addQuestion(shared, task, question));
  }

  String id(int row) {
    return new String(ids, start(row), idEnds[row] - start(row), StandardCharsets.UTF_8);
  }

  private int start(int row) {
    return row == 0 ? 0 : idEnds[row - 1];
  }

  /** Compares ids as {@link String#compareTo} does. */
  static int compareIds(RowBlock a, int rowOfA, RowBlock b, int rowOfB) {
    int startOfA = a.start(rowOfA);
    int startOfB = b.start(rowOfB);
    int lengthOfA = a.idEnds[rowOfA] - startOfA;
    int lengthOfB = b.idEnds[rowOfB] - startOfB;
    int at =
        Arrays.mismatch(
            a.ids, startOfA, startOfA + lengthOfA, b.ids, startOfB, startOfB + lengthOfB);
    if (at < 0 || at >= Math.min(lengthOfA, lengthOfB)) {
      return Integer.compare(lengthOfA, lengthOfB);
    }
    return Integer.compare(place(a.ids[startOfA + at]), place(b.ids[startOfB + at]));
  }

  /**
   * Bytes of UTF-8 in the order of UTF-16: the surrogates of characters of four bytes come before
   * the last characters of three.
   */
  private static int place(byte utf8) {
    int unsigned = Byte.toUnsignedInt(utf8);
    return unsigned == 0xee || unsigned == 0xef ? unsigned + 0x10 : unsigned;
  }

  /** Whether two rows have the same image. */
  static boolean sameImage(RowBlock a, int rowOfA, RowBlock b, int rowOfB) {
    return a.images[2 * rowOfA] == b.images[2 * rowOfB]
        && a.images[2 * rowOfA + 1] == b.images[2 * rowOfB + 1];
  }

  /** Equal for equal images, spread over all integers. */
  int imageHash(int row) {
    return (int) images[2 * row];
  }

  /** Whether the row names an image; one that does not has one of its own. */
  boolean namesImage(int row) {
    return named.get(row);
  }

  int position(int row) {
    return positions[row];
  }

  int label(int row) {
    return labels[row];
  }

  int answer(int row) {
    return answers[row];
  }

  int file(int row) {
    return files[row];
  }

  /** How many rows there are, those that are not kept included. */
  int size() {
    return positions.length;
  }
}
