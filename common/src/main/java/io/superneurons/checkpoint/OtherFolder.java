package io.superneurons.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a folder without {@code config.json} is instead of a checkpoint, and what to do with it. */
final class OtherFolder {
  private static final String SNAPSHOTS = "snapshots";
  private static final String REPOSITORY = "models--";

  private OtherFolder() {}

  /** A sentence on a folder that is no checkpoint. */
  static String told(Path folder) {
    if (Files.exists(folder.resolve("adapter_config.json"))) {
      return folder
          + " is a PEFT adapter, not a whole model; merge it into its base model in Python:"
          + " PeftModel.from_pretrained(base, adapter).merge_and_unload().save_pretrained(folder)";
    }
    if (Files.isDirectory(folder.resolve(SNAPSHOTS))) {
      return folder
          + " is a model's folder in the Hugging Face cache; give the snapshot in it"
          + shown(snapshots(folder));
    }
    List<Path> models = children(folder, REPOSITORY);
    if (!models.isEmpty()) {
      return folder + " is a Hugging Face cache; give a model's snapshot in it" + shown(models);
    }
    if (!children(folder, "", ".gguf").isEmpty()) {
      return folder + " holds GGUF files; give the model's folder with config.json and safetensors";
    }
    return "No config.json in " + folder + "; it is no Hugging Face checkpoint";
  }

  private static String shown(List<Path> folders) {
    return folders.isEmpty() ? "" : ", such as " + folders.get(0);
  }

  /** The one that {@code refs/main} names first. */
  private static List<Path> snapshots(Path folder) {
    try {
      Path main = folder.resolve(SNAPSHOTS).resolve(Files.readString(folder.resolve("refs/main")));
      return Optional.of(main).filter(Files::isDirectory).stream().toList();
    } catch (IOException | RuntimeException e) {
      return children(folder.resolve(SNAPSHOTS), "");
    }
  }

  private static List<Path> children(Path folder, String prefix) {
    return children(folder, prefix, "");
  }

  private static List<Path> children(Path folder, String prefix, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return name.startsWith(prefix) && name.endsWith(suffix);
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
