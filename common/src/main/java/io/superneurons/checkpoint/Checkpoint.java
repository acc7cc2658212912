package io.superneurons.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * A Hugging Face checkpoint folder as downloaded: its configuration files, and where its tensors
 * lie. Everything is read and checked when it is opened; no tensor's bytes are held. Immutable.
 */
public final class Checkpoint {
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String ADDED_TOKENS = "added_tokens_decoder";

  private final Path folder;
  private final Config config;
  private final Config tokenizerConfig;
  private final Config processorConfig;
  private final Optional<Config> generationConfig;
  private final Optional<Config> imageProcessorConfig;
  private final Optional<String> chatTemplate;
  private final WeightFiles weights;

  private Checkpoint(Path folder) {
    this.folder = folder;
    config = optional(CONFIG).orElseThrow(() -> new CheckpointException(OtherFolder.told(folder)));
    weights = WeightFiles.open(folder);
    tokenizerConfig = tokenizerConfig(folder);
    processorConfig = orEmpty("processor_config.json");
    generationConfig = optional("generation_config.json");
    imageProcessorConfig =
        processorConfig.isObject("image_processor")
            ? Optional.of(processorConfig.child("image_processor"))
            : optional("preprocessor_config.json");
    chatTemplate = ChatTemplateFile.find(folder, processorConfig, tokenizerConfig);
  }

  /**
   * Opens a folder.
   *
   * @throws CheckpointException if it is no checkpoint folder, a file is missing or damaged, or the
   *     weights are no safetensors files
   */
  public static Checkpoint open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CheckpointException(folder + " is no folder; give that of a checkpoint");
    }
    return new Checkpoint(folder.toAbsolutePath().normalize());
  }

  /**
   * Older files have the texts of special tokens in {@code special_tokens_map.json} too, which goes
   * first where {@code added_tokens_decoder} is absent (transformers' tokenization_utils_base.py).
   */
  private Config tokenizerConfig(Path folder) {
    Config own = orEmpty("tokenizer_config.json");
    return own.keys().contains(ADDED_TOKENS)
        ? own
        : JsonFiles.read(folder.resolve("special_tokens_map.json")).map(own::with).orElse(own);
  }

  private Optional<Config> optional(String name) {
    return JsonFiles.read(folder.resolve(name)).map(json -> Config.of(name, json));
  }

  private Config orEmpty(String name) {
    return optional(name).orElseGet(() -> Config.empty(name));
  }

  /** The folder, absolute. */
  public Path folder() {
    return folder;
  }

  /** A name to show: {@code org/model} in a Hugging Face cache, else the folder's own name. */
  public String name() {
    return CheckpointName.of(folder, config);
  }

  /** {@code config.json}. */
  public Config config() {
    return config;
  }

  /** {@code generation_config.json}, if it is there. */
  public Optional<Config> generationConfig() {
    return generationConfig;
  }

  /**
   * {@code tokenizer_config.json}, with the special tokens of an older {@code
   * special_tokens_map.json}; empty if neither is there.
   */
  public Config tokenizerConfig() {
    return tokenizerConfig;
  }

  /** {@code processor_config.json}; empty if it is not there. */
  Config processorConfig() {
    return processorConfig;
  }

  /**
   * How images are prepared: {@code image_processor} in {@code processor_config.json}, where
   * transformers 5 writes it, or else {@code preprocessor_config.json}.
   *
   * @throws CheckpointException if the folder has neither
   */
  public Config imageProcessorConfig() {
    return imageProcessorConfig.orElseThrow(
        () -> missing("preprocessor_config.json nor processor_config.json with image_processor"));
  }

  /**
   * The chat template's Jinja source: {@code chat_template.jinja}, or {@code chat_template} in
   * {@code chat_template.json}, {@code processor_config.json} or {@code tokenizer_config.json}, in
   * this order. Of several named ones the one named {@code default}.
   */
  public Optional<String> chatTemplate() {
    return chatTemplate;
  }

  /**
   * {@code tokenizer.json}.
   *
   * @throws CheckpointException if the folder has none
   */
  public Path tokenizerFile() {
    Path file = folder.resolve(TOKENIZER);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          "No "
              + TOKENIZER
              + " in "
              + folder
              + "; make it: python -c \"from transformers import AutoTokenizer as T;"
              + " T.from_pretrained('IN').save_pretrained('OUT')\"");
    }
    return file;
  }

  /**
   * The id of a token that is added to the vocabulary: by {@code added_tokens_decoder} of {@code
   * tokenizer_config.json}, or else {@code added_tokens} of {@code tokenizer.json}.
   */
  public OptionalLong addedToken(String text) {
    OptionalLong named = AddedTokens.inDecoder(tokenizerConfig.child(ADDED_TOKENS), text);
    return named.isPresent()
        ? named
        : JsonFiles.read(folder.resolve(TOKENIZER))
            .map(json -> AddedTokens.inList(Config.of(TOKENIZER, json), text))
            .orElse(OptionalLong.empty());
  }

  /** All tensors by name, in the names' order. */
  public SortedMap<String, TensorInfo> tensors() {
    return weights.tensors();
  }

  /** Elements of all tensors of a floating-point type that can be a weight. */
  public long parameterCount() {
    return tensors().values().stream()
        .filter(tensor -> tensor.dtype().isWeight())
        .mapToLong(TensorInfo::elementCount)
        .sum();
  }

  /** Length of the safetensors files together, in bytes. */
  public long fileBytes() {
    return weights.fileBytes();
  }

  /**
   * Refuses a folder whose weights are not as they were when it was opened. To be asked before each
   * use of mapped weights: it takes some microseconds for each file.
   *
   * @throws CheckpointException if a file has another length or was written since
   */
  public void requireUnchanged() {
    weights.files().forEach(FileState::requireUnchanged);
  }

  /**
   * The tensor of that name and shape.
   *
   * @throws CheckpointException if it is missing (the message lists near names), of another shape,
   *     or of a type that cannot be a weight
   */
  public TensorInfo requireTensor(String name, long... shape) {
    TensorInfo tensor = requireShape(name, shape);
    if (!tensor.dtype().isWeight()) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Tensor %s of %s is of type %s; weights must be F32, BF16 or F16, and matrices may be"
                  + " F8_E4M3 or I8 with scales",
              name,
              tensor.file(),
              tensor.dtype().label()));
    }
    return tensor;
  }

  /**
   * The matrix of that name, or the stack of matrices: as {@link #requireTensor}, or of 8 bits,
   * which needs scales.
   *
   * @throws CheckpointException if it is missing, of another shape, or of another type
   */
  public TensorInfo requireMatrix(String name, long... shape) {
    TensorInfo tensor = requireShape(name, shape);
    return tensor.dtype().isScaled() ? tensor : requireTensor(name, shape);
  }

  /**
   * The tensor of that name and shape, of integers into which others are packed.
   *
   * @throws CheckpointException if it is missing, of another shape, or of another type
   */
  public TensorInfo requirePacked(String name, long... shape) {
    TensorInfo tensor = requireShape(name, shape);
    if (!tensor.dtype().isPacked()) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Tensor %s of %s is of type %s; packed integers must be I32",
              name,
              tensor.file(),
              tensor.dtype().label()));
    }
    return tensor;
  }

  /** Whether the matrix is of 8 bits and needs scales. */
  public static boolean isScaled(TensorInfo tensor) {
    return tensor.dtype().isScaled();
  }

  /**
   * The tensor of that name, whatever it is.
   *
   * @throws CheckpointException if it is missing; the message lists near names
   */
  public TensorInfo requireTensorNamed(String name) {
    TensorInfo tensor = tensors().get(name);
    if (tensor == null) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "%s has no tensor %s; the nearest are %s",
              folder,
              name,
              NearNames.of(name, tensors().keySet())));
    }
    return tensor;
  }

  private TensorInfo requireShape(String name, long... shape) {
    TensorInfo tensor = requireTensorNamed(name);
    if (!Arrays.equals(shape, tensor.shape())) {
      throw new CheckpointException(
          String.format(
              Locale.ROOT,
              "Tensor %s of %s must have the shape %s, as %s says; it has %s",
              name,
              tensor.file(),
              Arrays.toString(shape),
              CONFIG,
              Arrays.toString(tensor.shape())));
    }
    return tensor;
  }

  /**
   * What tells this model from others: {@code sha256:} and 64 hexadecimal digits over
   * configuration, tokenizer, template, image processor, the tensors' names, types and shapes, and
   * a fixed sample of every tensor's bytes. It does not depend on how tensors are sharded. Reads
   * less than a kilobyte of each tensor.
   */
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint().json(CONFIG, config);
    Path tokenizer = folder.resolve(TOKENIZER);
    if (Files.isRegularFile(tokenizer)) {
      fingerprint.file(TOKENIZER, tokenizer);
    }
    chatTemplate.ifPresent(template -> fingerprint.text("chat_template", template));
    imageProcessorConfig.ifPresent(image -> fingerprint.json("image_processor", image));
    return fingerprint.tensors(tensors().values()).value();
  }

  private CheckpointException missing(String files) {
    return new CheckpointException(
        "Neither " + files + " is in " + folder + "; download the folder again");
  }

  @Override
  public String toString() {
    return name() + " (" + folder + ")";
  }
}
