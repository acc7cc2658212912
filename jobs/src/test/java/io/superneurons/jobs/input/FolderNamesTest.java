package io.superneurons.jobs.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FolderNamesTest {
  @Test
  void theFolderIsTheClassAndASplitAboveItTheSplit() {
    says("cat", null, "file:/c/photos/cat/1.jpg", "file:/c/photos");
    says("cat", "train", "file:/c/photos/train/cat/1.jpg", "file:/c/photos");
    says("cat", "Val", "s3a://b/photos/Val/animals/cat/1.jpg", "s3a://b/photos");
    says("cat", "test", "s3a://b/test/cat/1.jpg", "s3a://b/test");
    says("cat", null, "file:/test/photos/cat/1.jpg", "file:/test/photos");
    says("c a", "dev", "file:/c/dev/c a/%20.jpg", "file:/c");
  }

  @Test
  void aClassMayBeCalledAsASplitIs() {
    says("train", "train", "file:/c/train/train/1.jpg", "file:/c");
    says("test", "val", "file:/c/val/test/1.jpg", "file:/c");
  }

  @Test
  void anImageInASplitOrInTheInputItselfHasNoClass() {
    says(null, "train", "file:/c/train/1.jpg", "file:/c");
    says(null, "train", "file:/c/train/1.jpg", "file:/c/train");
    says(null, null, "file:/c/photos/1.jpg", "file:/c/photos");
    says(null, null, "file:/1.jpg", "file:/");
    says(null, null, "s3a://b/1.jpg", "s3a://b/");
  }

  private static void says(String label, String split, String location, String root) {
    FolderNames names = FolderNames.of(location, root);
    assertEquals(label, names.label().orElse(null), location);
    assertEquals(split, names.split().orElse(null), location);
  }
}
