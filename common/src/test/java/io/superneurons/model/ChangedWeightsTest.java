package io.superneurons.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.checkpoint.CheckpointException;
import io.superneurons.model.pass.RowInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that are changed while a model is in use: an error that says so, and no crash. */
class ChangedWeightsTest {
  private static final Fixture FIXTURE = Fixture.bundled("llava-hub");

  @TempDir private Path folder;
  private Path weights;

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.list(FIXTURE.folder().resolve("checkpoint"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    weights = folder.resolve("model.safetensors");
  }

  private VisionLanguageModel open() {
    return VisionLanguageModel.open(Checkpoint.open(folder), TestDevice.exact());
  }

  private static RowInput row(VisionLanguageModel model) {
    return FixtureRows.row(FIXTURE, model, FIXTURE.cases().get(0));
  }

  @Test
  void aFileThatShrinksEndsTheRunAndNotTheProcess() throws IOException {
    try (VisionLanguageModel model = open()) {
      RowInput row = row(model);
      model.logits(row);
      try (FileChannel file = FileChannel.open(weights, StandardOpenOption.WRITE)) {
        file.truncate(4096);
      }
      CheckpointException e = assertThrows(CheckpointException.class, () -> model.logits(row));
      assertTrue(e.getMessage().contains("was changed while the model is in use"), e.getMessage());
      assertTrue(e.getMessage().contains("has 4096 "), e.getMessage());
    }
  }

  @Test
  void aFileThatIsReplacedOrTakenAwayEndsTheRun() throws IOException {
    try (VisionLanguageModel model = open()) {
      RowInput row = row(model);
      float[] before = model.logits(row);
      Path other = Files.copy(weights, folder.resolve("other"));
      FileTime time = Files.getLastModifiedTime(weights);
      Files.setLastModifiedTime(other, FileTime.fromMillis(time.toMillis() + 2000));
      Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);
      assertThrows(CheckpointException.class, () -> model.logits(row));
      Files.setLastModifiedTime(weights, time);
      assertArrayEquals(before, model.logits(row));
      Files.delete(weights);
      assertThrows(CheckpointException.class, () -> model.logits(row));
    }
  }

  @Test
  void aFileThatShrinksBeforeItIsMappedIsRefused() throws IOException {
    Checkpoint read = Checkpoint.open(folder);
    try (FileChannel file = FileChannel.open(weights, StandardOpenOption.WRITE)) {
      file.truncate(4096);
    }
    assertThrows(
        CheckpointException.class, () -> VisionLanguageModel.open(read, TestDevice.exact()));
  }
}
