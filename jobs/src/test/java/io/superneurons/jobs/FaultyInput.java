package io.superneurons.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.model.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A manifest and its images, which change between runs. */
final class FaultyInput {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path IMAGES =
      Fixture.bundled("llava-hub").folder().resolve("images").toAbsolutePath();
  static final int FIRST_ROWS = 6;
  private static final int MOST_ROWS = 9;
  private static final String AWAY = ".away";

  private final Path folder;
  private final Map<String, Integer> questions = new TreeMap<>();
  private final Map<String, Integer> images = new TreeMap<>();
  private final Set<String> wereAway = new HashSet<>();

  FaultyInput(Path folder) throws IOException {
    this.folder = folder;
    while (questions.size() < FIRST_ROWS) {
      addRow();
    }
    write();
  }

  Path manifest() {
    return folder.resolve("manifest.jsonl");
  }

  /** The question of each row by its id. */
  Map<String, String> questions() {
    Map<String, String> texts = new TreeMap<>();
    questions.forEach((id, version) -> texts.put(id, text(version)));
    return texts;
  }

  private static String text(int version) {
    return version == 0 ? "Is it so?" : "Is it so now, " + version + "?";
  }

  /** What label's {@code image_version} of a row is. */
  String imageVersion(String id) throws IOException {
    Path there = image(id);
    Path image = Files.exists(there) ? there : folder.resolve(id.replace("row", "") + AWAY);
    return String.format(
        Locale.ROOT, "file:%d-%d", Files.size(image), Files.getLastModifiedTime(image).toMillis());
  }

  /** Changes something, or nothing; says what. */
  String change(Random random) throws IOException {
    String id = "row" + random.nextInt(questions.size());
    String change =
        switch (random.nextInt(4)) {
          case 0 -> {
            if (questions.size() < MOST_ROWS) {
              addRow();
            }
            yield questions.size() + " rows";
          }
          case 1 -> {
            questions.merge(id, 1, Integer::sum);
            yield "another question of " + id;
          }
          case 2 -> {
            putImage(id, images.get(id) + 1);
            yield "another image of " + id;
          }
          default -> "no change";
        };
    write();
    return change;
  }

  /** Gives a row the question back that it had before its last change. */
  void takeBackQuestions() throws IOException {
    questions.replaceAll((id, version) -> 0);
    write();
  }

  private void addRow() throws IOException {
    String id = "row" + questions.size();
    questions.put(id, 0);
    putImage(id, 0);
  }

  private void putImage(String id, int version) throws IOException {
    images.put(id, version);
    Path source = IMAGES.resolve((images.size() + version) % 3 + ".png");
    Files.copy(source, image(id), StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(image(id), FileTime.from(Instant.ofEpochSecond(1000 + version)));
  }

  private Path image(String id) {
    return folder.resolve(id + ".png");
  }

  /** Half of the images of the first rows can be read, the others are away. */
  void takeHalfAway() throws IOException {
    for (int i = 0; i < FIRST_ROWS; i += 2) {
      swap(folder, i);
      wereAway.add("row" + i);
    }
  }

  /** Whether it was away when a run looked for it, so that its row has no version of an image. */
  boolean wasAway(String id) {
    return wereAway.contains(id);
  }

  /** What {@link #takeHalfAway} took, or what it left. */
  void bringAllBack() throws IOException {
    for (int i = 0; i < FIRST_ROWS; i++) {
      if (Files.exists(folder.resolve(i + AWAY))) {
        swap(folder, i);
      }
    }
  }

  /**
   * Of the first rows, images that are there go away, and the others come back.
   *
   * @param folder of the input
   */
  static void swapImages(Path folder) throws IOException {
    for (int i = 0; i < FIRST_ROWS; i++) {
      swap(folder, i);
    }
  }

  private static void swap(Path folder, int row) throws IOException {
    Path image = folder.resolve("row" + row + ".png");
    Path away = folder.resolve(row + AWAY);
    boolean isThere = Files.exists(image);
    Files.move(isThere ? image : away, isThere ? away : image);
  }

  /** The image of the last of the first rows comes and goes: its row is done, or fails. */
  void setFlakyImage(boolean there) throws IOException {
    Path image = image("row" + (FIRST_ROWS - 1));
    Path away = folder.resolve("away");
    if (!there && Files.notExists(away)) {
      Files.move(image, away);
    } else if (there && Files.exists(away)) {
      if (Files.notExists(image)) {
        Files.move(away, image);
      }
      Files.deleteIfExists(away);
    }
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> row : questions().entrySet()) {
      lines.add(
          JSON.createObjectNode()
              .put("id", row.getKey())
              .put("image", row.getKey() + ".png")
              .put("question", row.getValue())
              .toString());
    }
    Files.write(manifest(), lines);
  }
}
