package io.superneurons.activation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a folder of activations holds: the file {@value #FILE_NAME} beside its Parquet files.
 *
 * @param model which model ran
 * @param layout which layers and sites were captured
 * @param attentionHeads query heads per layer: {@code attn_z} is that many vectors of equal width,
 *     one after another; 0 if not known
 * @param storeDType how a scalar is stored
 * @param computeDType what the model computed in, such as {@code bfloat16}
 * @param prompt how the prompt was made; opaque here, but two folders must agree on it
 * @param image how images were prepared; opaque here, but two folders must agree on it
 * @param rows image-question pairs in the Parquet files
 * @param errors pairs that failed, in {@code _errors/}
 * @param saturated values of each site that were beyond the store dtype's range
 * @param nan values of each site that were NaN
 * @param cost of a pass through the model; null if it is not known, as in other programs' folders
 * @param costOfRows the same on the images and prompts that were run, their mean; null if it is not
 *     known, as in folders of earlier versions
 */
public record ActivationsMetadata(
    ModelIdentity model,
    ActivationLayout layout,
    int attentionHeads,
    StoreDType storeDType,
    String computeDType,
    Map<String, Object> prompt,
    Map<String, Object> image,
    long rows,
    long errors,
    Map<Site, Long> saturated,
    Map<Site, Long> nan,
    PassCost cost,
    PassCost costOfRows)
    implements Serializable {
  /** Name of the file in the folder of activations. */
  public static final String FILE_NAME = "_superneurons.json";

  /** The only token position there is so far: the one that produces the first generated token. */
  private static final String TOKEN = "last_prompt";

  private static final JsonFormat FORMAT = new JsonFormat("superneurons-activations", 1);

  public ActivationsMetadata {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(storeDType, "dtype");
    Objects.requireNonNull(computeDType, "compute_dtype");
    prompt = Collections.unmodifiableMap(new LinkedHashMap<>(prompt));
    image = Collections.unmodifiableMap(new LinkedHashMap<>(image));
    saturated = counts(saturated);
    nan = counts(nan);
    if (rows < 0 || errors < 0 || attentionHeads < 0) {
      throw new IllegalArgumentException("rows, errors and attention_heads cannot be negative");
    }
  }

  private static Map<Site, Long> counts(Map<Site, Long> counts) {
    Map<Site, Long> copy = new EnumMap<>(Site.class);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }

  /** The text of the file. */
  public String toJson() {
    return FORMAT.write(File.of(this));
  }

  /**
   * The metadata in a file.
   *
   * @param json the text of the file
   * @param source what to call the file in messages
   * @throws FormatException if it is another format, a newer version, or incomplete
   */
  public static ActivationsMetadata fromJson(String json, String source) {
    File file = FORMAT.read(json, source, File.class);
    try {
      return file.toMetadata();
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new FormatException(source + " is not valid: " + e.getMessage(), e);
    }
  }

  /**
   * The file's own shape; {@code captured_layers} stands there only when it is a subset, {@code
   * other_widths} only where a site's width is not the same in all layers, and what is said of the
   * tower only where it was captured.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record File(
      ModelIdentity model,
      int layers,
      List<Integer> capturedLayers,
      Integer towerLayers,
      List<Integer> capturedTowerLayers,
      Map<String, Integer> sites,
      Map<String, Map<Integer, Integer>> otherWidths,
      Integer attentionHeads,
      String dtype,
      String computeDtype,
      String token,
      Map<String, Object> prompt,
      Map<String, Object> image,
      long rows,
      long errors,
      Map<String, Long> saturated,
      Map<String, Long> nan,
      PassCost cost,
      PassCost costOfRows) {

    static File of(ActivationsMetadata metadata) {
      ActivationLayout layout = metadata.layout;
      CapturedLayers tower = layout.tower();
      return new File(
          metadata.model,
          layout.layers(),
          subset(layout.decoder()),
          tower.captured().isEmpty() ? null : tower.layers(),
          tower.captured().isEmpty() ? null : subset(tower),
          labelled(layout.widths().usual()),
          otherWidths(layout.widths()),
          metadata.attentionHeads == 0 ? null : metadata.attentionHeads,
          metadata.storeDType.label(),
          metadata.computeDType,
          TOKEN,
          metadata.prompt,
          metadata.image,
          metadata.rows,
          metadata.errors,
          labelled(metadata.saturated),
          labelled(metadata.nan),
          metadata.cost,
          metadata.costOfRows);
    }

    ActivationsMetadata toMetadata() {
      if (!TOKEN.equals(token)) {
        throw new IllegalArgumentException("token is '" + token + "', not '" + TOKEN + "'");
      }
      Map<Site, Integer> widths = sited(Objects.requireNonNull(sites, "sites"));
      return new ActivationsMetadata(
          model,
          new ActivationLayout(
              towerLayers == null
                  ? CapturedLayers.NONE
                  : captured(towerLayers, capturedTowerLayers),
              captured(layers, capturedLayers),
              new SiteWidths(widths, byColumn(otherWidths))),
          attentionHeads == null ? 0 : attentionHeads,
          StoreDType.of(Objects.requireNonNull(dtype, "dtype")),
          computeDtype == null ? "unknown" : computeDtype,
          Objects.requireNonNullElse(prompt, Map.of()),
          Objects.requireNonNullElse(image, Map.of()),
          rows,
          errors,
          sited(Objects.requireNonNullElse(saturated, Map.of())),
          sited(Objects.requireNonNullElse(nan, Map.of())),
          cost,
          costOfRows);
    }

    private static Map<String, Map<Integer, Integer>> otherWidths(SiteWidths widths) {
      Map<String, Map<Integer, Integer>> others = new LinkedHashMap<>();
      widths
          .others()
          .forEach(
              (column, width) ->
                  others
                      .computeIfAbsent(column.site().label(), site -> new LinkedHashMap<>())
                      .put(column.layer(), width));
      return others.isEmpty() ? null : others;
    }

    private static Map<LayerSite, Integer> byColumn(Map<String, Map<Integer, Integer>> widths) {
      Map<LayerSite, Integer> byColumn = new TreeMap<>();
      Objects.requireNonNullElse(widths, Map.<String, Map<Integer, Integer>>of())
          .forEach(
              (site, byLayer) ->
                  byLayer.forEach(
                      (layer, width) -> byColumn.put(new LayerSite(layer, Site.of(site)), width)));
      return byColumn;
    }

    private static List<Integer> subset(CapturedLayers layers) {
      return layers.whole() ? null : layers.captured();
    }

    private static CapturedLayers captured(int layers, List<Integer> captured) {
      return captured == null ? CapturedLayers.all(layers) : new CapturedLayers(layers, captured);
    }

    private static <V> Map<String, V> labelled(Map<Site, V> bySite) {
      Map<String, V> labelled = new LinkedHashMap<>();
      bySite.forEach((site, value) -> labelled.put(site.label(), value));
      return labelled;
    }

    private static <V> Map<Site, V> sited(Map<String, V> byLabel) {
      Map<Site, V> sited = new EnumMap<>(Site.class);
      byLabel.forEach((label, value) -> sited.put(Site.of(label), value));
      return sited;
    }
  }
}
