package io.superneurons.model;

import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.CapturedLayers;
import io.superneurons.activation.LayerSite;
import io.superneurons.activation.ModelLayers;
import io.superneurons.activation.Part;
import io.superneurons.activation.PassCost;
import io.superneurons.activation.Site;
import io.superneurons.activation.SiteWidths;
import io.superneurons.checkpoint.Checkpoint;
import io.superneurons.image.process.SizeLimits;
import io.superneurons.model.decoder.Decoder;
import io.superneurons.model.decoder.shape.DecoderShape;
import io.superneurons.model.family.Families;
import io.superneurons.model.family.Family;
import io.superneurons.model.vision.TowerShape;
import io.superneurons.model.vision.Vision;
import io.superneurons.model.weights.Depth;
import io.superneurons.model.weights.ModelException;
import io.superneurons.model.weights.ModelOptions;
import io.superneurons.model.weights.ModelWeights;
import io.superneurons.text.ImageSlot;
import io.superneurons.torch.MappedWeights;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a checkpoint's config.json says of the model, read once; no weight is opened. */
public final class ModelDescription {
  private final Checkpoint checkpoint;
  private final Family family;
  private final DecoderShape decoder;
  private final TowerShape tower;
  private final ActivationLayout layout;

  private ModelDescription(Checkpoint checkpoint, Family family, DecoderShape shape) {
    this.checkpoint = checkpoint;
    this.family = family;
    this.decoder = shape;
    this.tower = family.tower(checkpoint);
    Map<Site, Integer> widths = new TreeMap<>(tower.widths());
    for (Site site : Site.of(Part.DECODER)) {
      if (IntStream.range(0, shape.layers()).anyMatch(in -> shape.width(in, site.vector()) > 0)) {
        widths.put(site, shape.width(site.vector()));
      }
    }
    this.layout =
        new ActivationLayout(
            CapturedLayers.all(tower.layers()),
            CapturedLayers.all(shape.layers()),
            new SiteWidths(widths, otherWidths(shape, widths.keySet())));
  }

  private static Map<LayerSite, Integer> otherWidths(DecoderShape shape, Set<Site> sites) {
    Map<LayerSite, Integer> others = new TreeMap<>();
    for (Site site : Site.of(Part.DECODER).stream().filter(sites::contains).toList()) {
      for (int layer = 0; layer < shape.layers(); layer++) {
        int width = shape.width(layer, site.vector());
        if (width != shape.width(site.vector())) {
          others.put(new LayerSite(layer, site), width);
        }
      }
    }
    return others;
  }

  /**
   * Describes a checkpoint.
   *
   * @throws ModelException if no family runs it
   */
  public static ModelDescription of(Checkpoint checkpoint) {
    Family family = Families.of(checkpoint);
    ModelWeights.requireReadable(checkpoint);
    return new ModelDescription(checkpoint, family, family.decoder(checkpoint));
  }

  /** The checkpoint that is described. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The family's name: {@code model_type} of config.json. */
  public String family() {
    return family.modelType();
  }

  /** All layers of vision tower and decoder, and the widths of the sites. */
  public ActivationLayout layout() {
    return layout;
  }

  /** How many layers the model runs. */
  public ModelLayers layers() {
    return new ModelLayers(tower.layers(), decoder.layers());
  }

  /**
   * Attention heads of the decoder: {@code attn_z} of a layer that attends is that many vectors
   * side by side.
   */
  public int attentionHeads() {
    return decoder.heads();
  }

  /** The decoder's geometry. */
  DecoderShape decoder() {
    return decoder;
  }

  /**
   * Estimates how much the mean of some passes multiplies.
   *
   * @param towerTokens that an image takes within the tower
   * @param promptTokens that a prompt takes within the decoder, those of its image included
   */
  public PassCost meanCost(double towerTokens, double promptTokens) {
    return ModelTensors.of(checkpoint).meanCost(decoder, towerTokens, promptTokens);
  }

  /** What the vision tower's layers give. */
  public TowerShape tower() {
    return tower;
  }

  /** How an image's place is marked in the text of the checkpoint's prompts. */
  public ImageSlot imageSlot() {
    return family.imageSlot();
  }

  /**
   * The limits of prepared images' size that hold: those asked for, and the checkpoint's own for
   * the others. {@link SizeLimits#OWN} for a family whose images have a size of their own.
   *
   * @throws ModelException if limits are asked for that the family does not have, or that cannot
   *     hold
   */
  public SizeLimits sizeLimits(SizeLimits asked) {
    SizeLimits own = family.sizeLimits(checkpoint, SizeLimits.OWN);
    if (asked.isOfPixels() && !own.isOfPixels()) {
      throw new ModelException(
          "min-pixels and max-pixels are for families that take images of any size; " + way(own));
    }
    if (asked.isOfTiles() && !own.isOfTiles()) {
      throw new ModelException("max-tiles is for families that cut images into tiles; " + way(own));
    }
    return family.sizeLimits(checkpoint, asked);
  }

  /** How the family prepares images, and what makes them smaller. */
  private String way(SizeLimits own) {
    if (own.isOfPixels()) {
      return family.modelType() + " takes images of any size: give max-pixels";
    }
    return own.isOfTiles()
        ? family.modelType() + " cuts them into tiles: give max-tiles"
        : family.modelType() + " prepares them as its checkpoint says";
  }

  /** Checks and opens as much of the vision front as the options' depth needs. */
  Vision openVision(MappedWeights files, ModelOptions options) {
    return family.openVision(checkpoint, files, options);
  }

  /** Checks and opens the decoder as deep as needed; empty where nothing of it is. */
  Optional<Decoder> openDecoder(MappedWeights files, Depth depth) {
    return depth.inTower()
        ? Optional.empty()
        : Optional.of(family.openDecoder(checkpoint, files, depth));
  }
}
