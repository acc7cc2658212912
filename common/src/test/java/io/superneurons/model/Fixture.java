package io.superneurons.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.ImageLimits;
import io.superneurons.image.RgbImage;
import io.superneurons.image.codec.ImageDecoder;
import io.superneurons.image.process.SizeLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A tiny random checkpoint and what Hugging Face transformers computes on it, made by
 * src/test/python/make_fixtures.py and tower_fixtures.py. The system property {@code
 * superneurons.fixtures} names a folder with more of the same layout to test against.
 */
public record Fixture(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Path, Goldens> GOLDENS = new ConcurrentHashMap<>();
  private static final Path BUNDLED = Path.of("../common/src/test/resources/fixtures");

  /** One image and question with its expected values. */
  public record Case(
      int index,
      Path image,
      String question,
      String prompt,
      long[] inputIds,
      long[] generatedIds,
      String generated) {
    @Override
    public String toString() {
      return "case " + index;
    }
  }

  /**
   * What transformers' processor makes of an image and question with other limits of pixels.
   *
   * @param grid frames, rows and columns of patches
   * @param pixelMean mean of all pixel values
   */
  record Limited(
      Path image,
      String question,
      SizeLimits limits,
      long[] inputIds,
      long[] grid,
      double pixelMean) {}

  /**
   * What transformers' processor makes of an image and question with another limit of tiles.
   *
   * @param pixelMeans mean of the pixel values of each view: tiles and the whole
   * @param residPost the first layer's output at the last prompt position
   */
  record Tiled(
      Path image,
      String question,
      long mostTiles,
      long[] inputIds,
      double[] pixelMeans,
      float[] residPost) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s in at most %d tiles", image.getFileName(), mostTiles);
    }
  }

  /** A tensor of golden.safetensors. */
  public record Golden(float[] values, int[] shape) {}

  /** The bundled fixture of that name, such as {@code llava-hub}. */
  public static Fixture bundled(String name) {
    return new Fixture(BUNDLED.resolve(name));
  }

  /** Every fixture of every family. */
  public static Stream<Fixture> everyFamily() {
    return all(
        "llava",
        "llava_siglip",
        "llava_window",
        "llava_next",
        "llava_onevision",
        "qwen2_vl",
        "qwen2_5_vl",
        "qwen3_vl",
        "qwen3_5",
        "qwen3_5_moe",
        "qwen3_vl_moe",
        "gemma3",
        "gemma4",
        "mistral3",
        "internvl",
        "internvl_chat",
        "idefics3",
        "smolvlm");
  }

  /** The fixtures in the repository. */
  static Stream<Fixture> bundled() {
    return children(BUNDLED).filter(f -> Files.exists(f.folder().resolve("golden.safetensors")));
  }

  /** Every fixture of the named families. */
  static Stream<Fixture> all(String... families) {
    List<Path> roots = new ArrayList<>(List.of(BUNDLED));
    if (System.getProperty("superneurons.fixtures") != null) {
      roots.add(Path.of(System.getProperty("superneurons.fixtures")));
    }
    return roots.stream().flatMap(Fixture::children).filter(f -> f.isOf(families));
  }

  private static Stream<Fixture> children(Path root) {
    try (Stream<Path> children = Files.list(root)) {
      return children.filter(Files::isDirectory).sorted().map(Fixture::new).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How far bfloat16 may turn a vector. The weights of the bundled fixtures were chosen so that
   * transformers itself stays above 0.999; in the states of gated delta nets rounding adds up, and
   * by other weights transformers itself comes to 0.85, and to 0.75 where rounding chooses other
   * experts.
   */
  double bfloat16Cosine() {
    boolean isOwn = folder.getParent().equals(BUNDLED);
    if (isOf("qwen3_5_moe", "qwen3_vl_moe")) {
      return isOwn ? 0.9 : 0.7; // rounding may choose another expert
    }
    if (isOf("gemma4")) {
      return isOwn ? 0.995 : 0.95; // scores are not scaled down: transformers itself comes to 0.72
    }
    if (isOwn) {
      return isOf("qwen3_5") ? 0.995 : 0.999;
    }
    return isOf("qwen3_5") ? 0.8 : 0.998;
  }

  /** Folders are named family-layout, or family-quantisation-number and the like. */
  private boolean isOf(String... families) {
    String name = folder.getFileName().toString();
    return Arrays.asList(families).contains(name.split("-", 2)[0]);
  }

  public Checkpoint checkpoint() {
    return Checkpoint.open(folder.resolve("checkpoint"));
  }

  /** Ids at which transformers ends an answer. */
  Set<Long> endTokens() {
    return checkpoint()
        .generationConfig()
        .map(config -> Arrays.stream(config.ints("eos_token_id")))
        .orElseGet(IntStream::empty)
        .asLongStream()
        .boxed()
        .collect(Collectors.toSet());
  }

  public List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (JsonNode row : rows("cases.jsonl")) {
      cases.add(
          new Case(
              cases.size(),
              folder.resolve(row.get("image").asText()),
              row.get("question").asText(),
              row.get("prompt").asText(),
              longs(row.get("input_ids")),
              longs(row.get("generated_ids")),
              row.get("generated").asText()));
    }
    return cases;
  }

  /** Of a family whose images keep their proportions. */
  List<Limited> limited() {
    return rows("limits.jsonl").stream()
        .map(
            row ->
                new Limited(
                    folder.resolve(row.get("image").asText()),
                    row.get("question").asText(),
                    SizeLimits.ofPixels(limit(row, "min_pixels"), limit(row, "max_pixels")),
                    longs(row.get("input_ids")),
                    longs(row.get("image_grid_thw")),
                    row.get("pixel_mean").asDouble()))
        .toList();
  }

  /** Of a family that cuts images into tiles. */
  List<Tiled> tiled() {
    return rows("tiles.jsonl").stream()
        .map(
            row ->
                new Tiled(
                    folder.resolve(row.get("image").asText()),
                    row.get("question").asText(),
                    row.get("max_tiles").asLong(),
                    longs(row.get("input_ids")),
                    doubles(row.get("pixel_means")),
                    floats(row.get("resid_post"))))
        .toList();
  }

  private static Long limit(JsonNode row, String key) {
    return row.has(key) ? row.get(key).asLong() : null;
  }

  private List<JsonNode> rows(String file) {
    try {
      List<JsonNode> rows = new ArrayList<>();
      for (String line : Files.readAllLines(folder.resolve(file))) {
        rows.add(JSON.readTree(line));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] longs(JsonNode array) {
    long[] values = new long[array.size()];
    Arrays.setAll(values, i -> array.get(i).asLong());
    return values;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    Arrays.setAll(values, i -> array.get(i).asDouble());
    return values;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  public static RgbImage decode(Path image) {
    try {
      return new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(image));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether golden.safetensors has that tensor. */
  boolean hasGolden(String name) {
    return goldens().has(name);
  }

  /** Whether there are values of the vision tower's layers; fixtures of others may be without. */
  boolean hasTower() {
    return Files.exists(folder.resolve("tower.safetensors"));
  }

  /** A float32 tensor of golden.safetensors, or of tower.safetensors if its name says so. */
  public Golden golden(String name) {
    Goldens goldens = goldens(name.contains(".tower") ? "tower.safetensors" : "golden.safetensors");
    JsonNode tensor = goldens.require(name);
    ByteBuffer bytes = goldens.bytes(tensor);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    int[] shape = new int[tensor.get("shape").size()];
    Arrays.setAll(shape, i -> tensor.get("shape").get(i).asInt());
    return new Golden(values, shape);
  }

  /** The values of an int64 tensor of golden.safetensors. */
  long[] goldenLongs(String name) {
    Goldens goldens = goldens();
    ByteBuffer bytes = goldens.bytes(goldens.require(name));
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  private Goldens goldens() {
    return goldens("golden.safetensors");
  }

  private Goldens goldens(String file) {
    return GOLDENS.computeIfAbsent(folder.resolve(file), Goldens::read);
  }

  /** golden.safetensors: its header, and the bytes after it. */
  private record Goldens(JsonNode header, ByteBuffer data) {
    static Goldens read(Path file) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(buffer.getLong());
        JsonNode header = JSON.readTree(bytes, buffer.position(), length);
        return new Goldens(header, buffer.position(buffer.position() + length).slice());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean has(String name) {
      return header.has(name);
    }

    JsonNode require(String name) {
      if (!has(name)) {
        throw new IllegalArgumentException("There is no golden " + name);
      }
      return header.get(name);
    }

    ByteBuffer bytes(JsonNode tensor) {
      int begin = tensor.get("data_offsets").get(0).asInt();
      int end = tensor.get("data_offsets").get(1).asInt();
      return data.slice(begin, end - begin).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
