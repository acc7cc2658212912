package io.superneurons.activation;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where in a decoder layer an activation is taken, by TransformerLens's names. Always at the last
 * prompt position: the pass that produces the first generated token.
 */
public enum Site {
  /**
   * The residual stream after the layer, before any final norm; width {@code hidden_size}. In
   * Hugging Face transformers: the output of the decoder layer.
   */
  RESID_POST("resid_post"),

  /**
   * Head outputs, concatenated, before the output projection; width {@code num_attention_heads *
   * head_dim}. In Hugging Face transformers: the input of {@code self_attn.o_proj}.
   */
  ATTN_Z("attn_z"),

  /**
   * Hidden MLP neurons after the gate; width {@code intermediate_size}. In Hugging Face
   * transformers: the input of {@code mlp.down_proj}.
   */
  MLP_POST("mlp_post");

  private final String label;

  Site(String label) {
    this.label = label;
  }

  /** The name in files and options, such as {@code resid_post}. */
  public String label() {
    return label;
  }

  /**
   * The site of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those that exist
   */
  public static Site of(String label) {
    for (Site site : values()) {
      if (site.label.equals(label)) {
        return site;
      }
    }
    String known = Arrays.stream(values()).map(Site::label).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("No site is named '" + label + "'; sites: " + known);
  }

  @Override
  public String toString() {
    return label;
  }
}
