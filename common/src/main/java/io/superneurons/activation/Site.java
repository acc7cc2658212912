package io.superneurons.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where an activation is taken: which vector of a layer, of which tokens. In a layer of the decoder
 * always at the last prompt position, the pass that produces the first generated token; in a layer
 * of the vision tower pooled over the image's patches.
 */
public enum Site {
  /** The tower's residual stream after the layer. */
  VISION_RESID_POST_MEAN(LayerVector.RESID_POST, Pooling.MEAN),
  VISION_RESID_POST_MAX(LayerVector.RESID_POST, Pooling.MAX),
  VISION_RESID_POST_CLS(LayerVector.RESID_POST, Pooling.CLS),
  VISION_RESID_POST_GRID(LayerVector.RESID_POST, Pooling.GRID),

  /** Head outputs of the tower, before the output projection. */
  VISION_ATTN_Z_MEAN(LayerVector.ATTN_Z, Pooling.MEAN),
  VISION_ATTN_Z_MAX(LayerVector.ATTN_Z, Pooling.MAX),
  VISION_ATTN_Z_CLS(LayerVector.ATTN_Z, Pooling.CLS),
  VISION_ATTN_Z_GRID(LayerVector.ATTN_Z, Pooling.GRID),

  /** MLP neurons of the tower. */
  VISION_MLP_POST_MEAN(LayerVector.MLP_POST, Pooling.MEAN),
  VISION_MLP_POST_MAX(LayerVector.MLP_POST, Pooling.MAX),
  VISION_MLP_POST_CLS(LayerVector.MLP_POST, Pooling.CLS),
  VISION_MLP_POST_GRID(LayerVector.MLP_POST, Pooling.GRID),

  /**
   * The decoder's residual stream after the layer, before any final norm; width {@code
   * hidden_size}. In Hugging Face transformers: the output of the decoder layer.
   */
  RESID_POST(LayerVector.RESID_POST),

  /**
   * Head outputs of the decoder, concatenated, before the output projection; width {@code
   * num_attention_heads * head_dim}. In Hugging Face transformers: the input of {@code
   * self_attn.o_proj}.
   */
  ATTN_Z(LayerVector.ATTN_Z),

  /**
   * Hidden MLP neurons of the decoder after the gate; width {@code intermediate_size}. In Hugging
   * Face transformers: the input of {@code mlp.down_proj}.
   */
  MLP_POST(LayerVector.MLP_POST);

  /** What sites of the tower are called in options, before the pooling. */
  private static final String VISION = "vision_";

  private final LayerVector vector;
  private final Pooling pooling; // null in the decoder

  Site(LayerVector vector) {
    this(vector, null);
  }

  Site(LayerVector vector, Pooling pooling) {
    this.vector = vector;
    this.pooling = pooling;
  }

  /** Which vector of a layer. */
  public LayerVector vector() {
    return vector;
  }

  /** How it is pooled over an image's patches; empty in the decoder. */
  public Optional<Pooling> pooling() {
    return Optional.ofNullable(pooling);
  }

  /** Whose layers have it. */
  public Part part() {
    return pooling == null ? Part.DECODER : Part.TOWER;
  }

  /** The sites of a part of the model, in their order. */
  public static List<Site> of(Part part) {
    return Arrays.stream(values()).filter(site -> site.part() == part).toList();
  }

  /** The tower's site of a vector and a pooling. */
  public static Site ofTower(LayerVector vector, Pooling pooling) {
    return Arrays.stream(values())
        .filter(site -> site.vector == vector && site.pooling == pooling)
        .findFirst()
        .orElseThrow();
  }

  /** The name in files, such as {@code resid_post} or {@code vision_resid_post_mean}. */
  public String label() {
    return pooling == null ? vector.label() : group() + "_" + pooling.label();
  }

  /**
   * The name in options, which leaves the pooling open: {@code resid_post}, or {@code
   * vision_resid_post} for all poolings of the tower's.
   */
  public String group() {
    return pooling == null ? vector.label() : VISION + vector.label();
  }

  /** How columns end: by the vector and the pooling. */
  String columnEnd() {
    return pooling == null ? vector.label() : vector.label() + "_" + pooling.label();
  }

  /**
   * The site of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Site of(String label) {
    for (Site site : values()) {
      if (site.label().equals(label)) {
        return site;
      }
    }
    String known = Arrays.stream(values()).map(Site::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("No site is named '" + label + "'; sites: " + known);
  }

  /**
   * The sites that a name stands for: the one that is called so, or all poolings of a group.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static List<Site> named(String name) {
    List<Site> group = Arrays.stream(values()).filter(site -> site.group().equals(name)).toList();
    return group.isEmpty() ? List.of(of(name)) : group;
  }

  @Override
  public String toString() {
    return label();
  }
}
