package io.superneurons.jobs.select.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.jobs.cli.ConfigurationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The packed table against the same rows as objects, sorted and counted with Java's own classes.
 */
class RowTableTest {
  private static final Sets SETS = Sets.with(List.of("shifted"));

  /** Characters of one to four bytes, among them those that UTF-8 and UTF-16 order differently. */
  private static final String[] CHARACTERS = {
    "", "a", "b", "é", "\ud7ff", "\uf000", "😀", "\uffee"
  };

  private static List<LabelledRow> rows() {
    Random random = new Random(1);
    Set<String> ids = new HashSet<>();
    List<LabelledRow> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      StringBuilder id = new StringBuilder();
      random.ints(6, 0, CHARACTERS.length).forEach(c -> id.append(CHARACTERS[c]));
      if (ids.add(id.toString())) {
        String task = random.nextBoolean() ? "cat" : "dog";
        String image = random.nextInt(4) == 0 ? null : "image " + random.nextInt(100);
        String label = random.nextBoolean() ? "yes" : "no";
        String answer = task.equals("cat") ? null : "It is " + label;
        String question = "Is it a " + task + "?";
        rows.add(
            new LabelledRow(
                task,
                random.nextInt(4),
                id.toString(),
                label,
                answer,
                question,
                image,
                "file " + i % 3,
                i / 3));
      }
    }
    return rows;
  }

  private static RowTable table(List<LabelledRow> rows, int blocks) {
    List<RowBlock> packed = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      int from = rows.size() * block / blocks;
      packed.add(RowBlock.of(rows.subList(from, rows.size() * (block + 1) / blocks)));
    }
    return RowTable.of(packed, SETS);
  }

  @Test
  void rowsStandInTheirCanonicalOrderWhateverTheBlocks() {
    List<LabelledRow> rows = rows();
    List<LabelledRow> sorted = rows.stream().sorted(LabelledRow.ORDER).toList();
    for (int blocks : new int[] {1, 2, 7, 100}) {
      Collections.shuffle(rows, new Random(blocks));
      RowTable table = table(rows, blocks);
      assertEquals(sorted.size(), table.rows());
      Map<String, int[]> targets = new HashMap<>();
      table.files().forEach(file -> targets.put(file.path(), file.targets()));
      for (int row = 0; row < sorted.size(); row++) {
        LabelledRow expected = sorted.get(row);
        assertEquals(row, targets.get(expected.file())[(int) expected.position()]);
        LabelledTask task = table.tasks().get(expected.task().equals("cat") ? 0 : 1);
        int own = row - task.start();
        assertEquals(expected.label(), task.rows().labels().get(task.rows().given()[own]));
        assertTrue(
            task.rows().start(expected.set()) <= own && own < task.rows().end(expected.set()));
      }
    }
  }

  @Test
  void imagesAreNumberedAndCountedByName() {
    List<LabelledRow> rows = rows();
    List<LabelledRow> sorted = rows.stream().sorted(LabelledRow.ORDER).toList();
    RowTable table = table(rows, 5);
    for (LabelledTask task : table.tasks()) {
      Map<String, Integer> numbers = new HashMap<>();
      Map<String, Set<Integer>> setsOfImage = new HashMap<>();
      for (int row = 0; row < task.rows().size(); row++) {
        LabelledRow expected = sorted.get(task.start() + row);
        int number = numbers.computeIfAbsent(expected.imageOrId(), image -> numbers.size());
        assertEquals(number, task.rows().images()[row]);
        if (expected.image() != null && expected.set() < 3) {
          setsOfImage.computeIfAbsent(expected.image(), i -> new HashSet<>()).add(expected.set());
        }
      }
      long shared = setsOfImage.values().stream().filter(sets -> sets.size() > 1).count();
      assertTrue(shared > 0);
      assertEquals((int) shared, table.imagesOnBothSides().get(task.name()));
    }
  }

  @Test
  void questionsAndAnswersAreTheTasks() {
    List<LabelledTask> tasks = table(rows(), 3).tasks();
    assertEquals("Is it a cat?", tasks.get(0).words().question().orElseThrow());
    assertTrue(tasks.get(0).words().answers().isEmpty());
    int[] given = tasks.get(1).rows().given();
    int[] answered = tasks.get(1).words().answers().orElseThrow();
    assertEquals(List.of("no", "yes"), tasks.get(1).rows().labels());
    for (int row = 0; row < given.length; row++) {
      assertEquals(given[row], answered[row]);
    }
    List<LabelledRow> others = new ArrayList<>(rows());
    others.add(row("cat", 0, "another question", "yes"));
    assertTrue(table(others, 3).tasks().get(0).words().question().isEmpty());
  }

  @Test
  void anIdTwiceIsRefusedByName() {
    for (int[] sets : new int[][] {{0, 0}, {0, 1}, {0, 2}, {1, 2}, {3, 3}}) {
      List<LabelledRow> rows = new ArrayList<>(rows());
      rows.add(0, row("dog", sets[0], "twice", "yes"));
      rows.add(row("dog", sets[1], "twice", "yes"));
      Exception e = assertThrows(ConfigurationException.class, () -> table(rows, 4));
      String message =
          String.format(
              Locale.ROOT,
              "Task 'dog' has row 'twice' more than once (set %s, file 9)",
              SETS.name(sets[1]));
      assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
    List<LabelledRow> shifted = new ArrayList<>(rows());
    shifted.add(row("dog", 0, "twice", "yes"));
    shifted.add(row("dog", 3, "twice", "yes"));
    shifted.add(row("cat", 0, "twice", "yes"));
    assertEquals(rows().size() + 3, table(shifted, 4).rows());
  }

  @Test
  void aLabelThatNoProbingRowHasIsRefusedByName() {
    List<LabelledRow> rows = new ArrayList<>(rows());
    rows.add(row("dog", 3, "odd", "perhaps"));
    Exception e = assertThrows(ConfigurationException.class, () -> table(rows, 4));
    assertTrue(e.getMessage().contains("row 'odd' of set shifted has label 'perhaps'"));
  }

  private static LabelledRow row(String task, int set, String id, String label) {
    return new LabelledRow(task, set, id, label, null, "What is it?", null, "file 9", set);
  }
}
