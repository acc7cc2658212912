package io.superneurons.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The weights of a checkpoint folder: one safetensors file, or shards with an index.
 *
 * @param tensors by name
 * @param files as they were when their headers were read
 */
record WeightFiles(SortedMap<String, TensorInfo> tensors, List<FileState> files) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  WeightFiles {
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    files = List.copyOf(files);
  }

  /** Length of all files together. */
  long fileBytes() {
    return files.stream().mapToLong(FileState::bytes).sum();
  }

  /**
   * Finds and checks the weights of a folder, the single file first, as Hugging Face does.
   *
   * @throws CheckpointException if there are none, a shard is missing, or a file is damaged
   */
  static WeightFiles open(Path folder) {
    Path single = folder.resolve(SINGLE);
    if (Files.exists(single)) {
      SafetensorsFile file = SafetensorsFile.open(single);
      return new WeightFiles(file.tensors(), List.of(file.state()));
    }
    Path index = folder.resolve(INDEX);
    return JsonFiles.read(index)
        .map(json -> shards(folder, Config.of(index.toString(), json)))
        .orElseThrow(() -> new CheckpointException(missing(folder)));
  }

  private static WeightFiles shards(Path folder, Config index) {
    Config weightMap = index.child("weight_map");
    if (weightMap.isEmpty()) {
      throw new CheckpointException(index.file() + ": weight_map names no tensor");
    }
    Map<String, SafetensorsFile> files = new TreeMap<>();
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    for (String name : weightMap.keys()) {
      String shard = weightMap.requireString(name);
      SafetensorsFile file = files.computeIfAbsent(shard, key -> shard(folder, index, key));
      TensorInfo tensor = file.tensors().get(name);
      if (tensor == null) {
        throw new CheckpointException(
            String.format(
                Locale.ROOT,
                "Tensor %s is not in %s, where %s has it; download both files again",
                name,
                file.state().file(),
                index.file()));
      }
      tensors.put(name, tensor);
    }
    return new WeightFiles(tensors, files.values().stream().map(SafetensorsFile::state).toList());
  }

  private static SafetensorsFile shard(Path folder, Config index, String name) {
    if (!name.endsWith(".safetensors") || name.contains("/") || name.contains("\\")) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "%s names the shard \"%s\"; a shard is a .safetensors file in the folder itself",
              index.file(),
              name));
    }
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT, "The shard %s is missing from %s; download it again", name, folder));
    }
    return SafetensorsFile.open(file);
  }

  private static String missing(Path folder) {
    List<String> pickles = pickles(folder);
    if (pickles.isEmpty()) {
      return String.format(
          Locale.ROOT, "No weights in %s: neither %s nor %s is there", folder, SINGLE, INDEX);
    }
    return String.format(
        Locale.ROOT,
        "%s has weights only as a Python pickle (%s), which can run code and is never read. "
            + "Convert them: python -c \"from transformers import AutoModelForImageTextToText as M;"
            + " M.from_pretrained('IN').save_pretrained('OUT')\", and copy the tokenizer's and"
            + " processor's files too",
        folder,
        String.join(", ", pickles));
  }

  private static List<String> pickles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(".*\\.(bin|pt|pth|ckpt)"))
          .sorted()
          .limit(3)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new CheckpointException("Cannot list " + folder + ": " + e, e);
    }
  }
}
